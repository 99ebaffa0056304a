/** The resources of administration, {@code /api/v1/…}: one class for each. */
@NullMarked
package dev.roadstead.endpoints.admin;

import org.jspecify.annotations.NullMarked;
