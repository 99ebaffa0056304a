package dev.roadstead.document;

import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry needs to know of a manifest. It is read from the bytes and never written back:
 * the bytes themselves are what is stored and answered.
 *
 * @param artifactType what kind of artifact it is; for a manifest without one, its config's type
 * @param blobs config and layers that the repository must have, in their order
 * @param manifests for an index: the manifests it names
 * @param subject the manifest it refers to
 */
public record ManifestDocument(
    MediaType mediaType,
    Optional<String> artifactType,
    List<Descriptor> blobs,
    List<Descriptor> manifests,
    Optional<Digest> subject,
    Map<String, String> annotations) {

  /** Copies the collections. */
  public ManifestDocument {
    blobs = List.copyOf(blobs);
    manifests = List.copyOf(manifests);
    annotations = Map.copyOf(annotations);
  }
}
