package dev.roadstead.client;

import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;

/**
 * The full name of an image: {@code registry/repository:tag} or {@code registry/repository@digest}.
 * Nothing is left to guess: there is no registry and no tag by default.
 */
public record ImageName(RegistryHost registry, RepositoryName repository, Reference reference) {

  /**
   * Reads a name. Of {@code repository:tag@digest} only the digest counts.
   *
   * @throws IllegalArgumentException saying what is wrong and how a name is written
   */
  public static ImageName parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !looksLikeHost(text.substring(0, slash))) {
      throw malformed(text, "it does not begin with a registry");
    }
    var path = text.substring(slash + 1);
    int at = path.indexOf('@');
    var named = at < 0 ? path : path.substring(0, at);
    int colon = named.lastIndexOf(':');
    if (at < 0 && colon < 0) {
      throw malformed(text, "it has neither a tag nor a digest");
    }
    try {
      var repository = new RepositoryName(colon < 0 ? named : named.substring(0, colon));
      var reference =
          at < 0 ? new Tag(named.substring(colon + 1)) : Digest.parse(path.substring(at + 1));
      return new ImageName(new RegistryHost(text.substring(0, slash)), repository, reference);
    } catch (IllegalArgumentException e) {
      throw malformed(text, String.valueOf(e.getMessage()));
    }
  }

  /** Anything else before the first slash is the first component of a repository. */
  private static boolean looksLikeHost(String text) {
    return text.equals("localhost") || text.indexOf('.') >= 0 || text.indexOf(':') >= 0;
  }

  private static IllegalArgumentException malformed(String text, String problem) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no image's name: "
            + problem
            + "; write registry/repository:tag, for example 127.0.0.1:5000/k8s/pause:3.10.2");
  }

  @Override
  public String toString() {
    return registry + "/" + repository + (reference instanceof Tag ? ":" : "@") + reference;
  }
}
