package dev.roadstead.document;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON object that a request of administration carries, read strictly: UTF-8, no name twice, no
 * property that nobody knows. Every method throws {@link RegistryException} {@code REQUEST_INVALID}
 * for what is not as it should be, and never quotes a value: it may be a secret.
 */
public final class RequestDocument {
  private static final int MAX_DEPTH = 4;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(19)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode root;

  private RequestDocument(JsonNode root) {
    this.root = root;
  }

  /**
   * Reads a body; an empty one counts as an empty object.
   *
   * @param known the properties that may be there
   */
  public static RequestDocument read(byte[] bytes, Set<String> known) {
    var root = bytes.length == 0 ? JSON.createObjectNode() : parse(bytes);
    if (!root.isObject()) {
      throw invalid("the body is a JSON object");
    }
    for (var name : root.propertyNames()) {
      if (!known.contains(name)) {
        throw invalid("there is no property '" + name + "' here; there are " + sorted(known));
      }
    }
    return new RequestDocument(root);
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JSON.readTree(text);
    } catch (CharacterCodingException notUtf8) {
      throw invalid("the body is not UTF-8");
    } catch (JacksonException malformed) {
      throw invalid("the body is no JSON, or has a property twice");
    }
  }

  /** A text that has to be there. */
  public String text(String name) {
    return textIfAny(name).orElseThrow(() -> invalid("the property '" + name + "' is missing"));
  }

  /** A text that may be missing. */
  public Optional<String> textIfAny(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isString()) {
                throw invalid("the property '" + name + "' is a text");
              }
              return node.asString();
            });
  }

  /** A whole number that may be missing. */
  public OptionalLong numberIfAny(String name) {
    var node = value(name);
    if (node.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!node.get().isIntegralNumber() || !node.get().canConvertToLong()) {
      throw invalid("the property '" + name + "' is a whole number");
    }
    return OptionalLong.of(node.get().asLong());
  }

  /** True or false; false when it is missing. */
  public boolean flag(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw invalid("the property '" + name + "' is true or false");
              }
              return node.asBoolean();
            })
        .orElse(false);
  }

  /** A list of texts; empty when it is missing. */
  public List<String> texts(String name) {
    return value(name)
        .map(
            node -> {
              var texts = StreamSupport.stream(node.spliterator(), false).toList();
              if (!node.isArray() || !texts.stream().allMatch(JsonNode::isString)) {
                throw invalid("the property '" + name + "' is a list of texts");
              }
              return texts.stream().map(JsonNode::asString).toList();
            })
        .orElse(List.of());
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(root.get(name)).filter(node -> !node.isNull());
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  private static RegistryException invalid(String explanation) {
    return ErrorCode.REQUEST_INVALID.about(explanation);
  }
}
