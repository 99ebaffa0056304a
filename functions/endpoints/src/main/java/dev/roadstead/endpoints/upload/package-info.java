/** {@code /v2/<name>/blobs/uploads/} and below: blobs on their way in. */
@NullMarked
package dev.roadstead.endpoints.upload;

import org.jspecify.annotations.NullMarked;
