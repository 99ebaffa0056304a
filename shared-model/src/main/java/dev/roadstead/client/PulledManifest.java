package dev.roadstead.client;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;

/**
 * A manifest as a registry answered it.
 *
 * @param digest of these very bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PulledManifest(MediaType mediaType, Digest digest, byte[] bytes) {}
