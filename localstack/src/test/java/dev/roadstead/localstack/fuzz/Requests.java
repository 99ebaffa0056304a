package dev.roadstead.localstack.fuzz;

import dev.roadstead.localstack.fuzz.FuzzRequest.Framing;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes one request after the other: most as clients send them, some bent, some broken.
 *
 * @param home the repository that most of them are about
 */
record Requests(Chance chance, Memory memory, String home) {
  private static final byte[] NOTHING = {};
  private static final List<String> REPOSITORIES = List.of("fuzz/a", "fuzz/b", "fuzz/c");

  static Requests of(Chance chance, Memory memory) {
    return new Requests(chance, memory, chance.oneOf(REPOSITORIES));
  }

  FuzzRequest next() {
    var request = usual();
    return chance.oneIn(4) ? bent(request) : request;
  }

  private FuzzRequest usual() {
    return switch (chance.below(12)) {
      case 0, 1 -> start();
      case 2, 3 -> chunk();
      case 4, 5 -> finish();
      case 6, 7 -> manifest();
      case 8 -> FuzzRequest.of(chance.oneOf("GET", "DELETE"), location(), NOTHING);
      case 9 -> list();
      default -> read();
    };
  }

  private FuzzRequest start() {
    var path = path("/blobs/uploads/");
    var bytes = chance.bytes(chance.bodyBytes());
    return switch (chance.below(6)) {
      case 0 -> FuzzRequest.of("POST", path + "?digest=" + digest(bytes), bytes);
      case 1 ->
          FuzzRequest.of(
              "POST", path + "?mount=" + blob() + "&from=" + encoded(repository()), NOTHING);
      case 2 -> FuzzRequest.of("POST", path + "?mount=" + blob(), NOTHING);
      case 3 -> FuzzRequest.of("POST", path + "?digest-algorithm=sha512", NOTHING);
      default -> FuzzRequest.of("POST", path, NOTHING);
    };
  }

  private FuzzRequest chunk() {
    var location = location();
    var bytes = chance.bytes(chance.bodyBytes());
    var request = FuzzRequest.of("PATCH", location, bytes);
    if (chance.oneIn(3)) {
      return request.with(Framing.CHUNKED);
    }
    int from = memory.taken(location).length + (chance.oneIn(6) ? chance.oneOf(-1, 1, 5000) : 0);
    return chance.oneIn(2)
        ? request
        : request.withHeader("Content-Range: " + from + "-" + (from + bytes.length - 1));
  }

  private FuzzRequest finish() {
    var location = location();
    var last = chance.oneIn(2) ? NOTHING : chance.bytes(chance.bodyBytes());
    var taken = memory.taken(location);
    var whole = new byte[taken.length + last.length];
    System.arraycopy(taken, 0, whole, 0, taken.length);
    System.arraycopy(last, 0, whole, taken.length, last.length);
    var digest = chance.oneIn(8) ? encoded(chance.oddDigest()) : digest(whole);
    return FuzzRequest.of("PUT", location + "?digest=" + digest, last);
  }

  private FuzzRequest manifest() {
    var document = new Documents(chance, memory).next();
    var digest = digest(document.bytes());
    var target =
        switch (chance.below(4)) {
          case 0 -> path("/manifests/" + digest + "?tag=" + tag() + "&tag=" + tag());
          case 1 -> path("/manifests/" + digest);
          default -> path("/manifests/" + tag());
        };
    return FuzzRequest.of("PUT", target, document.bytes(), "Content-Type: " + document.mediaType());
  }

  private FuzzRequest read() {
    var method = chance.oneOf("GET", "GET", "HEAD", "DELETE");
    var reference = chance.oneIn(2) ? tag() : manifestDigest();
    var what = chance.oneIn(2) ? "/blobs/" + blob() : "/manifests/" + reference;
    return FuzzRequest.of(method, path(what), NOTHING);
  }

  private FuzzRequest list() {
    var target =
        switch (chance.below(3)) {
          case 0 -> path("/tags/list");
          case 1 -> path("/referrers/" + manifestDigest());
          default -> "/v2/_catalog";
        };
    var page = "?n=" + chance.oddNumber() + "&last=" + encoded(chance.oddText());
    return FuzzRequest.of("GET", encodedSpaces(chance.oneIn(2) ? target : target + page), NOTHING);
  }

  private FuzzRequest bent(FuzzRequest request) {
    return switch (chance.below(8)) {
      case 0 -> request.withMethod(oddMethod());
      case 1 -> request.withTarget(chance.damaged(request.target()));
      case 2 -> request.withTarget(request.target() + "?" + oddParameter());
      case 3 -> request.with(chance.oneOf(Framing.values()));
      case 4 -> request.withHeader(oddHeader());
      case 5 -> request.withBody(chance.damaged(request.body()));
      case 6 -> request.withTarget(request.target().replaceFirst("fuzz/.", oddName()));
      default -> request.withTarget("/v2/fuzz/a/manifests/" + encoded(chance.oddText()));
    };
  }

  private String oddMethod() {
    return chance.oneOf(
        "GET",
        "HEAD",
        "PUT",
        "POST",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "get",
        "PROPFIND",
        "X",
        "A".repeat(300),
        chance.oddText());
  }

  private String oddName() {
    return chance.oneOf(
        "Fuzz",
        "..",
        "fuzz/../fuzz",
        "fuzz//a",
        "_catalog",
        "%2e%2e",
        "%00",
        "%ff",
        "fuzz%2fa",
        "a".repeat(256),
        "a/".repeat(400) + "a",
        "blobs/uploads",
        encoded(chance.oddText()));
  }

  private String oddParameter() {
    var name = chance.oneOf("digest", "mount", "from", "tag", "n", "last", "artifactType", "ns");
    var value =
        chance.oneIn(2) ? encoded(chance.oddText()) : chance.oneOf("%", "%zz", "%c3%28", "a=b&c");
    return (name + "=" + value + "&").repeat(chance.oneIn(10) ? 120 : 1);
  }

  private String oddHeader() {
    var name =
        chance.oneOf(
            "Content-Range",
            "Range",
            "Content-Type",
            "Accept",
            "Content-Length",
            "Host",
            "Expect",
            "Transfer-Encoding",
            "Content-Encoding",
            "Authorization",
            "If-Match",
            "X-Odd",
            "Upgrade",
            "Connection",
            "Cookie");
    var value =
        chance.oneOf(
            "",
            "0-0",
            "bytes=0-",
            "bytes=-1",
            "bytes=9-1,2-3",
            "bytes 5-9/*",
            "*/*",
            "identity",
            "gzip",
            "100-continue",
            "application/json",
            "h2c",
            "1-",
            "-5",
            "x".repeat(9000),
            chance.oddNumber(),
            chance.oddText());
    return name + ": " + value;
  }

  private String path(String rest) {
    return "/v2/" + repository() + rest;
  }

  private String repository() {
    return chance.oneIn(8) ? chance.oneOf(REPOSITORIES) : home;
  }

  private String tag() {
    return chance.oneOf("v1", "v2", "latest", "sha256-" + "0".repeat(64));
  }

  private String location() {
    boolean isKnown = !memory.locations().isEmpty() && !chance.oneIn(15);
    return isKnown
        ? chance.oneOf(memory.locations().reversed().stream().limit(4).toList())
        : path("/blobs/uploads/" + encoded(chance.oddText()));
  }

  private String blob() {
    return memory.blobs().isEmpty() || chance.oneIn(8)
        ? encoded(chance.oddDigest())
        : chance.oneOf(memory.blobs());
  }

  private String manifestDigest() {
    return memory.manifests().isEmpty() || chance.oneIn(8)
        ? encoded(chance.oddDigest())
        : chance.oneOf(memory.manifests());
  }

  private String digest(byte[] bytes) {
    boolean isLong = chance.oneIn(5);
    try {
      var hash = MessageDigest.getInstance(isLong ? "SHA-512" : "SHA-256").digest(bytes);
      return (isLong ? "sha512:" : "sha256:") + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every JDK has it", missing);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String encodedSpaces(String target) {
    return target.replace(" ", "%20");
  }
}
