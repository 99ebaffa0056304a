package dev.roadstead.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP answer, before any server or event format.
 *
 * @param headers by name, as the spec writes it; {@code Content-Length} is added by the server
 * @param body the bytes, exactly; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final byte[] NOTHING = {};

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer without headers and body. */
  public static Answer of(int status) {
    return new Answer(status, Map.of(), NOTHING);
  }

  /** The same with one header more. */
  public Answer with(String header, Object value) {
    var more = new TreeMap<>(headers);
    more.put(header, value.toString());
    return new Answer(status, more, body);
  }

  /** The same with this body. */
  public Answer withBody(String mediaType, byte[] bytes) {
    return new Answer(status, headers, bytes).with("Content-Type", mediaType);
  }
}
