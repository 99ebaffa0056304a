package dev.roadstead.model;

/**
 * What names a manifest inside a repository: a tag, which may move, or a digest, which cannot
 * (distribution spec, {@code <reference>}).
 */
public sealed interface Reference permits Tag, Digest {

  /**
   * Reads a reference from a request path. A text with a colon can only be a digest.
   *
   * @throws IllegalArgumentException naming what is wrong, for a text that is neither
   */
  static Reference parse(String text) {
    return text.indexOf(':') >= 0 ? Digest.parse(text) : new Tag(text);
  }
}
