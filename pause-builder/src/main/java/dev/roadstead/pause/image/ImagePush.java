package dev.roadstead.pause.image;

import dev.roadstead.client.RegistryClient;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.io.IOException;

/** Stores an image in a registry. */
public final class ImagePush {
  private ImagePush() {}

  /**
   * Stores everything the index leads to, and last the index under its tag. A push that ends
   * half-way leaves the tag as it was, so nobody pulls half an image; pushing again goes on where
   * it ended, since what is there already is not sent twice.
   */
  public static void push(
      PauseImage image, RegistryClient registry, RepositoryName repository, Tag tag)
      throws IOException {
    for (var platform : image.images()) {
      pushBlob(platform.layer(), registry, repository);
      pushBlob(platform.config(), registry, repository);
      var manifest = platform.manifest();
      registry.pushManifest(repository, manifest.digest(), manifest.mediaType(), manifest.bytes());
    }
    registry.pushManifest(repository, tag, image.index().mediaType(), image.index().bytes());
  }

  private static void pushBlob(Content content, RegistryClient registry, RepositoryName repository)
      throws IOException {
    registry.pushBlob(repository, content.digest(), content.bytes());
  }
}
