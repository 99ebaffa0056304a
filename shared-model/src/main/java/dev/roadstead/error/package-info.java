/** The errors a client can meet: one enum, one exception. */
@NullMarked
package dev.roadstead.error;

import org.jspecify.annotations.NullMarked;
