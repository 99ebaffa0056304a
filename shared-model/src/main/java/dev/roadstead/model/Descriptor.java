package dev.roadstead.model;

/**
 * A reference to content (image spec, "Content Descriptors"), as far as a registry looks at it.
 *
 * @param sizeBytes as the descriptor says; not checked against the content
 */
public record Descriptor(MediaType mediaType, Digest digest, long sizeBytes) {

  /** Refuses a negative size with {@link IllegalArgumentException}. */
  public Descriptor {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a size is 0 or more");
    }
  }

  /**
   * Whether the content is allowed to be missing: layers that may not be distributed and are
   * fetched from elsewhere (image spec, "Non-Distributable Layers").
   */
  public boolean isNonDistributable() {
    return mediaType.text().contains(".nondistributable.")
        || mediaType.text().contains(".rootfs.foreign.");
  }
}
