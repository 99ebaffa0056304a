/** Both stores in memory, and faults for either: the simplest correct interpreters. */
@NullMarked
package dev.roadstead.memory;

import org.jspecify.annotations.NullMarked;
