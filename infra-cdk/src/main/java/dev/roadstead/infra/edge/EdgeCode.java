package dev.roadstead.infra.edge;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.route.EdgeRouter.Ways;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * The functions that run inside the CDN: JavaScript beside this class, with the tables and texts of
 * {@link EdgeRules} in their place and made short, because the CDN takes {@value #MAX_BYTES} bytes.
 */
public final class EdgeCode {
  /** The longest function that CloudFront takes, in bytes. */
  public static final int MAX_BYTES = 10 * 1024;

  private static final String PLACE_OF_RULES = "const RULES = {};";
  private static final JsonMapper JSON = new JsonMapper();

  private EdgeCode() {}

  /** Which paths a function routes: each knows its own, or it would be too long. */
  public enum Paths {
    /** Those of clients. */
    REGISTRY("*", "registry.js"),
    /** Those of administrators. */
    ADMINISTRATION("/api/v1/*", "administration.js");

    private final String pattern;
    private final String source;

    Paths(String pattern, String source) {
      this.pattern = pattern;
      this.source = source;
    }

    /** As the CDN's behaviours write it; the most special one wins. */
    public String pattern() {
      return pattern;
    }
  }

  /** What runs before a request is sent anywhere, for an installation that has these ways. */
  public static String viewerRequest(Paths paths, Ways ways) {
    var rules = "const RULES = " + JSON.writeValueAsString(EdgeRules.of(paths, ways)) + ";";
    var source = resource("viewer-request.js") + resource(paths.source);
    return code(source.replace(PLACE_OF_RULES, rules));
  }

  /** What runs before an object is given out. */
  public static String objects() {
    var denied = EdgeRules.said(ErrorCode.DENIED.about("this address is none, or has expired"));
    var rules = "const RULES = " + JSON.writeValueAsString(Map.of("denied", denied)) + ";";
    return code(resource("objects.js").replace(PLACE_OF_RULES, rules));
  }

  /** What runs when the object store has answered. */
  public static String viewerResponse() {
    return code(resource("viewer-response.js"));
  }

  private static String code(String source) {
    var code = EdgeMinifier.minify(source);
    if (code.length() > MAX_BYTES) {
      throw new IllegalStateException("the CDN takes no function of " + code.length() + " bytes");
    }
    return code;
  }

  private static String resource(String name) {
    try (InputStream in = EdgeCode.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
