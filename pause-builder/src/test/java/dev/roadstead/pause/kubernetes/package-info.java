@NullMarked
package dev.roadstead.pause.kubernetes;

import org.jspecify.annotations.NullMarked;
