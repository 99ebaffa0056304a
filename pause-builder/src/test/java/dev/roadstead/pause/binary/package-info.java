@NullMarked
package dev.roadstead.pause.binary;

import org.jspecify.annotations.NullMarked;
