package dev.roadstead.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What a function URL makes of a function's response. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Response(int status, Map<String, String> headers, byte[] body) {
  static Response parse(byte[] json) {
    var tree = new JsonMapper().readTree(json);
    if (!tree.path("isBase64Encoded").asBoolean()) {
      throw new AssertionError("bodies are always base64: " + tree);
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    tree.path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
    return new Response(
        tree.path("statusCode").asInt(),
        headers,
        Base64.getDecoder().decode(tree.path("body").asString()));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
