package dev.roadstead.route;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The path and the query of a request, percent-decoded once and strictly: half an escape, bytes
 * that are not UTF-8, and control characters are refused. A {@code +} in a query is a space, as
 * forms have it.
 */
public record RequestTarget(String path, Map<String, List<String>> query) {
  /** The most query parameters that are looked at; no operation knows more than a handful. */
  public static final int MAX_PARAMETERS = 100;

  /** Decodes, or refuses with {@code REQUEST_INVALID} or {@code URI_TOO_LONG}. */
  public static RequestTarget parse(String rawPath, String rawQuery) throws RegistryException {
    var query = new TreeMap<String, List<String>>();
    var pairs = rawQuery.split("&", MAX_PARAMETERS + 1);
    if (pairs.length > MAX_PARAMETERS) {
      throw ErrorCode.URI_TOO_LONG.about(
          "a request has at most " + MAX_PARAMETERS + " query parameters");
    }
    for (var pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        query
            .computeIfAbsent(decode(name.replace('+', ' ')), first -> new ArrayList<>())
            .add(decode(value.replace('+', ' ')));
      }
    }
    return new RequestTarget(decode(rawPath), query);
  }

  /** The first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static String decode(String encoded) {
    var bytes = ByteBuffer.allocate(encoded.length() * 3);
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes.put(escaped(encoded, i));
        i += 2;
      } else {
        bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw ErrorCode.REQUEST_INVALID.about("an address has no control characters");
      }
      return text;
    } catch (CharacterCodingException notUtf8) {
      throw ErrorCode.REQUEST_INVALID.about("an address is written in UTF-8");
    }
  }

  private static byte escaped(String encoded, int percent) {
    if (percent + 2 < encoded.length()) {
      char high = encoded.charAt(percent + 1);
      char low = encoded.charAt(percent + 2);
      if (HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)) {
        return (byte) (HexFormat.fromHexDigit(high) * 16 + HexFormat.fromHexDigit(low));
      }
    }
    throw ErrorCode.REQUEST_INVALID.about("after % an address has two hex digits");
  }
}
