package dev.roadstead.registry;

import dev.roadstead.model.MediaType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manifest with what it names.
 *
 * @param blobs config and layers, for an image
 * @param images what an index names
 */
record TestImage(
    TestBlob manifest, MediaType mediaType, List<TestBlob> blobs, List<TestImage> images) {
  /** An image of a config and layers. */
  static TestImage of(TestBlob config, TestBlob... layers) {
    return of(Optional.empty(), Map.of(), config, layers);
  }

  /** An image whose content follows from a number. */
  static TestImage numbered(int number) {
    return of(TestBlob.of("config " + number), TestBlob.of("layer " + number));
  }

  /** An artifact that refers to another image. */
  static TestImage about(TestImage subject, String artifactType, int number) {
    var fields =
        Map.of(
            "artifactType",
            "\"" + artifactType + "\"",
            "annotations",
            "{\"org.example.number\":\"" + number + "\"}");
    return of(Optional.of(subject), fields, TestBlob.of("{}"));
  }

  /** An image whose manifest is so large, and shrinks so badly, that it lies elsewhere. */
  static TestImage withNoise(int bytes) {
    var text = Base64.getEncoder().encodeToString(TestBlob.random(bytes, bytes).bytes());
    var annotations = "{\"org.example.noise\":\"" + text + "\"}";
    return of(Optional.empty(), Map.of("annotations", annotations), TestBlob.of("{}"));
  }

  /** An image with a subject, if it has one, and further fields. */
  static TestImage of(
      Optional<TestImage> subject,
      Map<String, String> fields,
      TestBlob config,
      TestBlob... layers) {
    var json =
        new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\"");
    json.append(",\"config\":")
        .append(descriptor("application/vnd.oci.image.config.v1+json", config));
    json.append(",\"layers\":")
        .append(list("application/vnd.oci.image.layer.v1.tar", List.of(layers)));
    json.append(rest(subject, fields)).append('}');
    return new TestImage(
        TestBlob.of(json.toString()),
        MediaType.OCI_MANIFEST,
        Stream.concat(Stream.of(config), Stream.of(layers)).toList(),
        List.of());
  }

  /** An index of images, about another one or not. */
  static TestImage index(Optional<TestImage> subject, TestImage... images) {
    var manifests =
        Stream.of(images)
            .map(image -> descriptor(image.mediaType().text(), image.manifest()))
            .collect(Collectors.joining(",", "[", "]"));
    var json =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + MediaType.OCI_INDEX
            + "\",\"manifests\":"
            + manifests
            + rest(subject, Map.of())
            + "}";
    return new TestImage(TestBlob.of(json), MediaType.OCI_INDEX, List.of(), List.of(images));
  }

  private static String rest(Optional<TestImage> subject, Map<String, String> fields) {
    var about =
        subject
            .map(image -> ",\"subject\":" + descriptor(image.mediaType().text(), image.manifest()))
            .orElse("");
    return about
        + fields.entrySet().stream()
            .map(field -> ",\"" + field.getKey() + "\":" + field.getValue())
            .sorted()
            .collect(Collectors.joining());
  }

  private static String list(String mediaType, List<TestBlob> blobs) {
    return blobs.stream()
        .map(blob -> descriptor(mediaType, blob))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String descriptor(String mediaType, TestBlob content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, content.digest(), content.sizeBytes());
  }
}
