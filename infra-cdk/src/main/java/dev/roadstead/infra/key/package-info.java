/** The keys of an installation, which no template has. */
@NullMarked
package dev.roadstead.infra.key;

import org.jspecify.annotations.NullMarked;
