/** The JSON documents of the OCI specs: read strictly, never re-serialised. */
@NullMarked
package dev.roadstead.document;

import org.jspecify.annotations.NullMarked;
