/** Proves an installation from outside: what clients need of it, one check each. */
@NullMarked
package dev.roadstead.cli.doctor;

import org.jspecify.annotations.NullMarked;
