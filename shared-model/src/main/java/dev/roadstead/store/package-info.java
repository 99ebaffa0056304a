/** Ports to the two stores, and the small algebra that protocols are written in. */
@NullMarked
package dev.roadstead.store;

import org.jspecify.annotations.NullMarked;
