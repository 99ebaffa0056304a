/**
 * The secrets of an installation in the cloud: made when it is deployed, exchanged by a schedule,
 * read by its functions.
 */
@NullMarked
package dev.roadstead.secret;

import org.jspecify.annotations.NullMarked;
