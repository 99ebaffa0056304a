package dev.roadstead.document;

import dev.roadstead.model.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a token says (RFC 7519; {@code access} as the distribution project has it). The signature is
 * checked before it is read.
 *
 * @param use what the token is good for
 * @param subject the account's name; empty for anonymous
 * @param audience the service it is for
 * @param issuedAt in seconds since 1970, as the next one
 * @param id never given twice
 * @param access what it is good for, of what was asked for
 * @param grants the rights that were evaluated for it, each with its holder in front
 * @param proof what it stands on; of a refresh token, a fingerprint of the account's secret
 */
public record TokenClaims(
    Use use,
    String subject,
    String audience,
    long issuedAt,
    long expiresAt,
    String id,
    List<Scope> access,
    List<String> grants,
    String proof) {

  /** The two kinds of token. */
  public enum Use {
    /** Shown with requests. */
    ACCESS,
    /** Exchanged for another token. */
    REFRESH
  }

  private static final String ISSUER = "roadstead";
  private static final int MAX_DEPTH = 5;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Copies the lists. */
  public TokenClaims {
    access = List.copyOf(access);
    grants = List.copyOf(grants);
  }

  /** As JSON. */
  public byte[] toJson() {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("iss", ISSUER);
          json.writeStringProperty("sub", subject);
          json.writeStringProperty("aud", audience);
          json.writeNumberProperty("exp", expiresAt);
          json.writeNumberProperty("nbf", issuedAt);
          json.writeNumberProperty("iat", issuedAt);
          json.writeStringProperty("jti", id);
          json.writeStringProperty("use", use.name());
          json.writeStringProperty("proof", proof);
          json.writeArrayPropertyStart("access");
          access.forEach(scope -> write(json, scope));
          json.writeEndArray();
          json.writeArrayPropertyStart("grants");
          grants.forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Scope scope) {
    json.writeStartObject();
    json.writeStringProperty("type", scope.type());
    json.writeStringProperty("name", scope.name());
    json.writeArrayPropertyStart("actions");
    scope.actions().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads what {@link #toJson} has written; empty for anything else. */
  public static Optional<TokenClaims> read(byte[] bytes) {
    try {
      var root = JSON.readTree(bytes);
      if (!root.path("iss").asString("").equals(ISSUER)) {
        return Optional.empty();
      }
      return Optional.of(
          new TokenClaims(
              Use.valueOf(root.path("use").asString("")),
              root.path("sub").asString(),
              root.path("aud").asString(),
              root.path("iat").asLong(),
              root.path("exp").asLong(),
              root.path("jti").asString(),
              scopes(root.path("access")),
              texts(root.path("grants")),
              root.path("proof").asString("")));
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static List<Scope> scopes(JsonNode list) {
    var scopes = new ArrayList<Scope>();
    for (var node : list) {
      scopes.add(
          new Scope(
              node.path("type").asString(),
              node.path("name").asString(),
              new HashSet<>(texts(node.path("actions")))));
    }
    return scopes;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(node -> texts.add(node.asString()));
    return texts;
  }

  /** Whether it holds at this time, with a little patience for clocks that differ. */
  public boolean holdsAt(long seconds, long patienceSeconds) {
    return seconds <= expiresAt && seconds + patienceSeconds >= issuedAt;
  }
}
