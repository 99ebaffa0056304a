package dev.roadstead.wire;

import dev.roadstead.error.ErrorCode;
import java.util.regex.Pattern;

/**
 * The {@code Content-Range} of a chunk as the distribution spec has it: {@code <first>-<last>},
 * both included; RFC 9110's {@code bytes first-last/*} is understood too.
 */
public record ContentRange(long first, long last) {
  private static final Pattern GRAMMAR =
      Pattern.compile("(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/(?:\\d{1,18}|\\*))?");

  /** Reads a header; {@code BLOB_UPLOAD_INVALID} for anything else. */
  public static ContentRange parse(String header) {
    var matcher = GRAMMAR.matcher(header.strip());
    if (matcher.matches()) {
      var range =
          new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
      if (range.first <= range.last) {
        return range;
      }
    }
    throw ErrorCode.BLOB_UPLOAD_INVALID.about(
        "Content-Range is written <first byte>-<last byte>, for example 0-1023");
  }

  /** How many bytes it announces. */
  public long lengthBytes() {
    return last - first + 1;
  }
}
