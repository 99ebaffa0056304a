package dev.roadstead.localstack.spec;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A manifest, as a client makes and sends it. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record Manifest(String mediaType, byte[] bytes) {
  static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final JsonMapper JSON = new JsonMapper();

  /** An image of these blobs. */
  static Manifest image(Content config, Content... layers) {
    return empty(OCI_IMAGE)
        .with("config", descriptor(OCI_CONFIG, config))
        .with("layers", Stream.of(layers).map(layer -> descriptor(LAYER, layer)).toList());
  }

  /** An index of these manifests. */
  static Manifest index(Manifest... children) {
    return empty(OCI_INDEX)
        .with("manifests", Stream.of(children).map(Manifest::descriptor).toList());
  }

  /** Exactly this text. */
  static Manifest text(String mediaType, String json) {
    return new Manifest(mediaType, Content.text(json).bytes());
  }

  private static Manifest empty(String mediaType) {
    return text(mediaType, "{\"schemaVersion\":2,\"mediaType\":\"" + mediaType + "\"}");
  }

  /** The same with one property more, or another value of it. */
  Manifest with(String property, Object value) {
    var json = (ObjectNode) JSON.readTree(bytes);
    json.set(property, JSON.valueToTree(value));
    return new Manifest(mediaType, JSON.writeValueAsBytes(json));
  }

  Manifest without(String property) {
    var json = (ObjectNode) JSON.readTree(bytes);
    json.remove(property);
    return new Manifest(mediaType, JSON.writeValueAsBytes(json));
  }

  /** The same, of another media type, inside and outside. */
  Manifest as(String otherType) {
    return new Manifest(otherType, with("mediaType", otherType).bytes);
  }

  /** The same, referring to another manifest. */
  Manifest about(Manifest subject) {
    return with("subject", subject.descriptor());
  }

  /** How other manifests name this one. */
  Map<String, Object> descriptor() {
    return descriptor(mediaType, content());
  }

  static Map<String, Object> descriptor(String mediaType, Content content) {
    return Map.of("mediaType", mediaType, "digest", content.digest(), "size", content.sizeBytes());
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Content content() {
    return new Content(bytes);
  }

  String digest() {
    return content().digest();
  }
}
