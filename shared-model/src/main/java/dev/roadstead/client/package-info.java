/** A client of any registry, on the JDK's HTTP client alone. */
@NullMarked
package dev.roadstead.client;

import org.jspecify.annotations.NullMarked;
