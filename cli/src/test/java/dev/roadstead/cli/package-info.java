@NullMarked
package dev.roadstead.cli;

import org.jspecify.annotations.NullMarked;
