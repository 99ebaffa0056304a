/** Real processes of packaged functions. */
@NullMarked
package dev.roadstead.localstack.runtime;

import org.jspecify.annotations.NullMarked;
