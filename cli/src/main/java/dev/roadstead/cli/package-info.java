/** The commands of {@code ./roadstead}: options in, lines of text and an exit status out. */
@NullMarked
package dev.roadstead.cli;

import org.jspecify.annotations.NullMarked;
