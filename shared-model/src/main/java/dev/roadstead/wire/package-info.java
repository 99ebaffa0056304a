/**
 * What goes over the wire: the OCI documents, read strictly and never re-serialised, and the
 * answers.
 */
@NullMarked
package dev.roadstead.wire;

import org.jspecify.annotations.NullMarked;
