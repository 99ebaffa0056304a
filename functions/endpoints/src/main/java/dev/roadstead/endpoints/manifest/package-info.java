/** {@code /v2/<name>/manifests/<reference>}. */
@NullMarked
package dev.roadstead.endpoints.manifest;

import org.jspecify.annotations.NullMarked;
