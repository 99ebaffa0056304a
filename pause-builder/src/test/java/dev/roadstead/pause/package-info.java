/** What holds for the whole module. */
@NullMarked
package dev.roadstead.pause;

import org.jspecify.annotations.NullMarked;
