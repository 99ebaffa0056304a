package dev.roadstead.infra.edge;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Glob;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.Address.Place;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.Limits;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Requests that are nearly right: each part is usually good and sometimes any of its kind. */
final class RandomRequests {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<byte[]> KEY_BYTES = List.of(key(1), key(2));

  /** The second key has signed locations before it was exchanged. */
  static final LocationKeys KEYS = new LocationKeys(KEY_BYTES);

  private static final LocationKeys OLD_KEYS = new LocationKeys(List.of(key(2)));
  private static final LocationKeys FOREIGN_KEYS = new LocationKeys(List.of(key(3)));
  private static final List<String> NAMES =
      List.of("app", "library/app", "a.b__c--d/e_f", "n".repeat(255), "n".repeat(256), "A", "a//b");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "constructor");
  private static final List<String> ENDS =
      List.of("/tags/list", "/blobs/uploads/", "/blobs/uploads", "/manifests/", "/referrers/");
  private static final List<String> ODD_PATHS =
      List.of(
          "",
          "/",
          "/v2",
          "/v2/",
          "/v2//",
          "/v2/_catalog",
          "/token",
          "/token/",
          "/v1/x",
          "/v2/x/y",
          "/v2//blobs/x");
  private static final List<String> ADMINISTRATION =
      Stream.of(Place.values())
          .filter(Place::isAdministration)
          .map(Place::template)
          .flatMap(template -> Stream.of(template, template.replaceAll("/<.*", "")))
          .toList();
  private static final List<Long> LENGTHS =
      List.of(
          0L,
          1L,
          (long) Limits.FUNCTION_BODY_BYTES,
          Limits.FUNCTION_BODY_BYTES + 1L,
          Limits.DIRECT_PUT_BYTES,
          Limits.DIRECT_PUT_BYTES + 1);
  private static final List<String> DIGESTS =
      List.of(
          Digest.sha256(new byte[0]).toString(),
          Digest.of(HashAlgorithm.SHA512, new byte[0]).toString(),
          "sha256:" + "A".repeat(64),
          "sha256:abc",
          "sha512:abc",
          "md5:abc",
          "toString:abc",
          "none");

  private static final List<String> HOSTS =
      List.of("registry.example", "registry.example", "[::1]:5000", "a b", "x".repeat(256));

  /** The seal of tokens. */
  static final EdgeKeys EDGE_KEYS = RandomTokens.EDGE_KEYS;

  private static final Glob OPEN = new Glob("a.*c*d/*f");
  private static final List<Glob> OPEN_TO_ALL = List.of(new Glob("library/*"), OPEN);

  private final Random random;
  private final RandomTokens tokens;

  RandomRequests(Random random) {
    this.random = random;
    this.tokens = new RandomTokens(random, NOW.getEpochSecond());
  }

  /** Whether anonymous may pull something there. */
  static boolean isOpen(RepositoryName repository) {
    return OPEN_TO_ALL.stream().anyMatch(pattern -> pattern.matches(repository.text()));
  }

  /** A request as the CDN and as the gateway see it. */
  record Request(
      String method,
      String rawPath,
      String rawQuery,
      OptionalLong bodyBytes,
      boolean streams,
      String host,
      Optional<String> authorization) {

    Map<String, Object> event() {
      var headers = new LinkedHashMap<String, Object>();
      headers.put("host", value(host));
      headers.put("x-amz-copy-source", value("other/secret"));
      authorization.ifPresent(shown -> headers.put("authorization", value(shown)));
      if (streams) {
        headers.put("transfer-encoding", value("chunked"));
      }
      bodyBytes.ifPresent(length -> headers.put("content-length", value(Long.toString(length))));
      var request =
          Map.of("method", method, "uri", rawPath, "querystring", query(), "headers", headers);
      var keys = KEY_BYTES.stream().map(HexFormat.of()::formatHex).toList();
      return Map.of(
          "event", Map.of("request", request),
          "values",
              Map.of(
                  "location-keys",
                  String.join(",", keys),
                  "edge-keys",
                  RandomTokens.EDGE_KEY_TEXT,
                  "origin-keys",
                  "the edge,the next",
                  "anonymous-0",
                  "library/* ",
                  "anonymous-1",
                  OPEN.text()),
          "now", NOW.toEpochMilli());
    }

    /** As CloudFront takes a query apart: nothing is decoded, names that come twice are kept. */
    private Map<String, Object> query() {
      var values = new LinkedHashMap<String, List<Object>>();
      for (var pair : rawQuery.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          var name = equals < 0 ? pair : pair.substring(0, equals);
          values
              .computeIfAbsent(name, first -> new ArrayList<>())
              .add(value(equals < 0 ? "" : pair.substring(equals + 1)));
        }
      }
      var query = new LinkedHashMap<String, Object>();
      values.forEach(
          (name, all) ->
              query.put(
                  name, all.size() == 1 ? all.getFirst() : Map.of("value", "", "multiValue", all)));
      return query;
    }

    private static Map<String, Object> value(String text) {
      return Map.of("value", text);
    }
  }

  Request next() {
    var digest = one(DIGESTS);
    var query =
        switch (random.nextInt(8)) {
          case 0 -> "";
          case 1 -> "digest=" + digest.replace(":", "%3A") + "&ns=x";
          case 2 -> "a=%zz&digest=" + digest;
          case 3 -> "&&n=1+2&digest=" + digest + "&digest=second";
          default -> "digest=" + digest;
        };
    var method = random.nextInt(3) == 0 ? "PUT" : one(METHODS);
    boolean streams = random.nextInt(5) == 0;
    var length = streams ? OptionalLong.empty() : OptionalLong.of(one(LENGTHS));
    var name = one(NAMES);
    var path = spoiltBehind(path(name, digest));
    return new Request(
        method, path, query, length, streams, one(HOSTS), tokens.authorization(name));
  }

  private String path(String name, String digest) {
    return switch (random.nextInt(9)) {
      case 0 -> one(ODD_PATHS);
      case 8 -> one(ADMINISTRATION).replaceAll("<.*>", name) + one(List.of("", "", "/", "/x", "x"));
      case 1 -> "/v2/" + name + "/blobs/" + digest;
      case 2 -> "/v2/" + name + one(ENDS);
      case 3 -> "/v2/" + name + one(ENDS) + digest;
      default -> "/v2/" + name + "/blobs/uploads/" + location(name);
    };
  }

  private String location(String name) {
    var keys = one(List.of(KEYS, KEYS, KEYS, OLD_KEYS, FOREIGN_KEYS));
    var signedFor = random.nextInt(6) == 0 || !isName(name) ? "other" : name;
    var location =
        new UploadLocation(
            new RepositoryName(signedFor),
            new SessionId(new UUID(random.nextLong(), random.nextLong())),
            one(List.of(Phase.values())),
            NOW.getEpochSecond() + random.nextInt(-1, 2));
    var segment = keys.sign(location);
    return random.nextInt(8) == 0 ? spoilt(segment) : segment;
  }

  private static boolean isName(String name) {
    try {
      return !new RepositoryName(name).text().isEmpty();
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** The CDN chooses a function by the path as it was sent, so what it chooses by stays. */
  private String spoiltBehind(String path) {
    var pattern = EdgeCode.Paths.ADMINISTRATION.pattern().replace("*", "");
    int kept = path.startsWith(pattern) ? pattern.length() : Math.min(1, path.length());
    return path.substring(0, kept) + spoilt(path.substring(kept));
  }

  /** Now and then with a character replaced, dropped or escaped. */
  private String spoilt(String text) {
    if (text.isEmpty() || random.nextInt(6) != 0) {
      return text;
    }
    int at = random.nextInt(text.length());
    var instead =
        one(List.of("", "%", "%2F", "%2f", "%00", "%C3%A9", "%FF", "%E2%80%A8", "/", "..", "="));
    return text.substring(0, at) + instead + text.substring(at + 1);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] key(int fill) {
    var key = new byte[LocationKeys.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
