/** {@code /v2/<name>/blobs/<digest>}. */
@NullMarked
package dev.roadstead.endpoints.blob;

import org.jspecify.annotations.NullMarked;
