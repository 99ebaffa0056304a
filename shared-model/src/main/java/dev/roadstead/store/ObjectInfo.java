package dev.roadstead.store;

import dev.roadstead.model.Digest;
import java.util.Optional;

/**
 * What a blob store knows of an object.
 *
 * @param sha256 the checksum of the whole object, where the store has verified one
 */
public record ObjectInfo(long sizeBytes, Optional<Digest> sha256) {}
