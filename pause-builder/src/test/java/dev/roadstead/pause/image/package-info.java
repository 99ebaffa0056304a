@NullMarked
package dev.roadstead.pause.image;

import org.jspecify.annotations.NullMarked;
