@NullMarked
package dev.roadstead.relay.server;

import org.jspecify.annotations.NullMarked;
