package dev.roadstead.store;

/**
 * A multipart upload under way.
 *
 * @param key where the object will be
 * @param id the store's own name for the upload
 */
public record MultipartId(ObjectKey key, String id) {}
