/**
 * Unmodified clients against the registry that {@code ./roadstead up} starts.
 *
 * <p>Each client is one class. It pushes layers of 1 KB, 5 MB and 60 MB (below a function's limit,
 * above it, and far above it), takes them out again through an empty store, and compares digests of
 * the bytes that came out with those that went in.
 */
@NullMarked
package dev.roadstead.localstack.clients;

import org.jspecify.annotations.NullMarked;
