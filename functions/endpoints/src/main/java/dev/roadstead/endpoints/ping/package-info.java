/** {@code /v2/}. */
@NullMarked
package dev.roadstead.endpoints.ping;

import org.jspecify.annotations.NullMarked;
