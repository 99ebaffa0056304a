/** The relay that sleeps: its machine, and the network that only the CDN reaches. */
@NullMarked
package dev.roadstead.infra.relay;

import org.jspecify.annotations.NullMarked;
