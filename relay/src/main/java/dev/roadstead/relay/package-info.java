/** Uploads that are too long for a function, as streams. */
@NullMarked
package dev.roadstead.relay;

import org.jspecify.annotations.NullMarked;
