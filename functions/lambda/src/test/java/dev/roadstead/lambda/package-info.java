/** Functions on the in-memory stores, and under Spring's own adapter. */
@NullMarked
package dev.roadstead.lambda;

import org.jspecify.annotations.NullMarked;
