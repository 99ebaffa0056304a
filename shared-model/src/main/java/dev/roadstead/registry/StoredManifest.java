package dev.roadstead.registry;

import dev.roadstead.model.Descriptor;

/**
 * A manifest as it was pushed.
 *
 * @param bytes exactly the bytes that have the digest
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StoredManifest(Descriptor info, byte[] bytes) {}
