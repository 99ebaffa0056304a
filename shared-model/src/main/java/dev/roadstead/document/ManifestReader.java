package dev.roadstead.document;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads manifests strictly: UTF-8, one JSON object, no name twice, no deep nesting, every
 * descriptor whole. What it does not know it leaves alone (image spec, "Extensibility").
 */
public final class ManifestReader {
  private static final int MAX_DEPTH = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(30)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @param contentType the request's media type, without parameters, if it has one
   * @throws RegistryException {@code MANIFEST_INVALID}, saying what is wrong
   */
  public static ManifestDocument read(Optional<String> contentType, byte[] bytes) {
    var root = parse(bytes);
    var mediaType = mediaType(contentType, root);
    var version = root.path("schemaVersion");
    if (!version.isIntegralNumber() || version.asInt(0) != 2) {
      throw invalid("schemaVersion must be the number 2");
    }
    var config = Optional.ofNullable(root.get("config")).filter(node -> !mediaType.isIndex());
    var manifests = mediaType.isIndex() ? descriptors(root, "manifests") : List.<Descriptor>of();
    var artifactType =
        text(root, "artifactType")
            .filter(type -> !type.isEmpty())
            .map(type -> checked(() -> new MediaType(type), "artifactType").text())
            .or(() -> config.flatMap(node -> text(node, "mediaType")));
    return new ManifestDocument(
        mediaType,
        artifactType,
        mediaType.isIndex() ? List.of() : blobs(root, config),
        manifests,
        Optional.ofNullable(root.get("subject"))
            .filter(node -> !node.isNull())
            .map(node -> descriptor(node, "subject").digest()),
        annotations(root));
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      // Decoded here, because a JSON parser that is given bytes would take UTF-16 and UTF-32 too.
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var root = JSON.readTree(text);
      if (root == null || !root.isObject()) {
        throw invalid("a manifest is a JSON object");
      }
      return root;
    } catch (CharacterCodingException notUtf8) {
      throw invalid("a manifest is written in UTF-8");
    } catch (JacksonException notJson) {
      throw invalid("not well-formed JSON: " + notJson.getOriginalMessage());
    }
  }

  private static MediaType mediaType(Optional<String> contentType, JsonNode root) {
    var inside = text(root, "mediaType").filter(type -> !type.isEmpty());
    if (inside.isPresent() && contentType.isPresent() && !inside.equals(contentType)) {
      throw invalid(
          "Content-Type says " + contentType.get() + ", the manifest itself " + inside.get());
    }
    var type =
        contentType
            .or(() -> inside)
            .map(text -> checked(() -> new MediaType(text), "mediaType"))
            .orElse(root.has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST);
    if (!type.isManifest()) {
      throw invalid(
          "this registry stores OCI manifests and indexes and Docker's schema 2, not " + type);
    }
    return type;
  }

  private static List<Descriptor> blobs(JsonNode root, Optional<JsonNode> config) {
    var blobs = new ArrayList<Descriptor>();
    blobs.add(descriptor(config.orElseThrow(() -> invalid("config is missing")), "config"));
    blobs.addAll(descriptors(root, "layers"));
    blobs.removeIf(Descriptor::isNonDistributable);
    return blobs;
  }

  private static List<Descriptor> descriptors(JsonNode root, String name) {
    var list = root.get(name);
    if (list == null || !list.isArray()) {
      throw invalid(name + " must be a list");
    }
    var found = new ArrayList<Descriptor>();
    for (int i = 0; i < list.size(); i++) {
      found.add(descriptor(list.get(i), name + "[" + i + "]"));
    }
    return found;
  }

  private static Descriptor descriptor(JsonNode node, String where) {
    var mediaType = text(node, "mediaType").orElseThrow(() -> invalid(where + " has no mediaType"));
    var digest = text(node, "digest").orElseThrow(() -> invalid(where + " has no digest"));
    var size = node.get("size");
    if (size == null || !size.isIntegralNumber() || !size.canConvertToLong()) {
      throw invalid(where + " has no size");
    }
    return checked(
        () -> new Descriptor(new MediaType(mediaType), Digest.parse(digest), size.asLong()), where);
  }

  private static Map<String, String> annotations(JsonNode root) {
    var annotations = new TreeMap<String, String>();
    var node = root.get("annotations");
    if (node == null || node.isNull()) {
      return annotations;
    }
    if (!node.isObject()) {
      throw invalid("annotations must be an object");
    }
    for (var entry : node.properties()) {
      if (!entry.getValue().isString()) {
        throw invalid("annotations are texts: " + entry.getKey());
      }
      // Half a surrogate pair can be escaped in JSON, but nobody can write it into a referrers
      // list.
      if (!isUnicode(entry.getKey()) || !isUnicode(entry.getValue().asString())) {
        throw invalid("annotations are Unicode texts");
      }
      annotations.put(entry.getKey(), entry.getValue().asString());
    }
    return annotations;
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Optional<String> text(JsonNode node, String name) {
    var value = node.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw invalid(name + " must be a text");
    }
    return Optional.of(value.asString());
  }

  private static <T> T checked(Supplier<T> value, String where) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw invalid(where + ": " + wrong.getMessage());
    }
  }

  private static RegistryException invalid(String explanation) {
    return ErrorCode.MANIFEST_INVALID.about(explanation);
  }
}
