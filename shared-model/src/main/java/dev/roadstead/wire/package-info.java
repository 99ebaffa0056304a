/** The JSON documents of the OCI specs, read strictly and never re-serialised. */
@NullMarked
package dev.roadstead.wire;

import org.jspecify.annotations.NullMarked;
