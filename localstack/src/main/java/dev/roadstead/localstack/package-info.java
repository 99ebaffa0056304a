/** The cloud on one machine: edge, function host, object door and relay in one process. */
@NullMarked
package dev.roadstead.localstack;

import org.jspecify.annotations.NullMarked;
