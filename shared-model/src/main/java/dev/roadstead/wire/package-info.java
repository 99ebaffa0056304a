/**
 * What goes over the wire: answers, errors, and the upload half of the API, for functions and relay
 * alike.
 */
@NullMarked
package dev.roadstead.wire;

import org.jspecify.annotations.NullMarked;
