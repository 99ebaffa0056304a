/** The token service: {@code /token}. */
@NullMarked
package dev.roadstead.endpoints.token;

import org.jspecify.annotations.NullMarked;
