/** The relay as a program of its own, which sleeps while nobody needs it. */
@NullMarked
package dev.roadstead.relay.server;

import org.jspecify.annotations.NullMarked;
