package dev.roadstead.pause.image;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bytes of an image, with what a descriptor says of them. */
public final class Content {
  private final MediaType mediaType;
  private final Digest digest;
  private final byte[] bytes;

  Content(MediaType mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.digest = Digest.sha256(bytes);
    this.bytes = bytes.clone();
  }

  /** What kind of content this is. */
  public MediaType mediaType() {
    return mediaType;
  }

  /** SHA-256 of the bytes. */
  public Digest digest() {
    return digest;
  }

  /** How many bytes. */
  public int sizeBytes() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The descriptor (OCI image spec, "Content Descriptors"), for others to name this content by. */
  ObjectNode descriptor() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", mediaType.text())
        .put("digest", digest.toString())
        .put("size", bytes.length);
  }
}
