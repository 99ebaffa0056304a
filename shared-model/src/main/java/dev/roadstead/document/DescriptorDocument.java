package dev.roadstead.document;

import dev.roadstead.model.Descriptor;
import java.util.TreeMap;

/** Writes the descriptor of a manifest, as a referrers list has it. */
public final class DescriptorDocument {
  private DescriptorDocument() {}

  /** The descriptor as a JSON object: media type, digest, size, artifact type, annotations. */
  public static byte[] write(Descriptor info, ManifestDocument document) {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("mediaType", info.mediaType().text());
          json.writeStringProperty("digest", info.digest().toString());
          json.writeNumberProperty("size", info.sizeBytes());
          document.artifactType().ifPresent(type -> json.writeStringProperty("artifactType", type));
          if (!document.annotations().isEmpty()) {
            json.writeObjectPropertyStart("annotations");
            new TreeMap<>(document.annotations()).forEach(json::writeStringProperty);
            json.writeEndObject();
          }
        });
  }
}
