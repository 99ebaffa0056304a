package dev.roadstead.model;

import java.util.regex.Pattern;

/**
 * A media type as a manifest or a descriptor names it; stored and answered as it was given.
 *
 * @param text {@code type/subtype}, without parameters (RFC 6838 names)
 */
public record MediaType(String text) {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

  /** An OCI image manifest. */
  public static final MediaType OCI_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  /** An OCI image index. */
  public static final MediaType OCI_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");

  /** Docker's image manifest, version 2, schema 2. */
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");

  /** Docker's manifest list. */
  public static final MediaType DOCKER_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");

  /** Refuses a text that is no media type with {@link IllegalArgumentException}. */
  public MediaType {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("a media type is written type/subtype");
    }
  }

  /** Whether a manifest of this type names other manifests instead of a config and layers. */
  public boolean isIndex() {
    return equals(OCI_INDEX) || equals(DOCKER_LIST);
  }

  /** Whether this is a manifest type whose children the registry reads and counts. */
  public boolean isManifest() {
    return isIndex() || equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
  }

  @Override
  public String toString() {
    return text;
  }
}
