/**
 * The pause program as ELF files: one program over an abstract instruction set, and one encoder for
 * each architecture.
 */
@NullMarked
package dev.roadstead.pause.binary;

import org.jspecify.annotations.NullMarked;
