/** The pause image: layers, configurations, manifests and the index over all platforms. */
@NullMarked
package dev.roadstead.pause.image;

import org.jspecify.annotations.NullMarked;
