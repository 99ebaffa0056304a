package dev.roadstead.registry;

import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/**
 * Bytes for an upload, on their way in.
 *
 * @param from where they begin in the blob; empty: where the upload stands
 * @param lengthBytes how many there are, when that is known; more or fewer are refused
 * @param bytes the bytes themselves; read once, to the end
 */
public record Chunk(OptionalLong from, OptionalLong lengthBytes, ReadableByteChannel bytes) {}
