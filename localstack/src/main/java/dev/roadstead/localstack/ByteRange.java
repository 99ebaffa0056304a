package dev.roadstead.localstack;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes {@code first} to {@code last} of an object, both included; {@code last} is one less than
 * {@code first} when the object is empty.
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  /** What a {@code Range} header asks for (RFC 9110, section 14). */
  sealed interface Wanted {
    /** The whole object: there is no such header, or none that a server has to follow. */
    record Whole() implements Wanted {}

    /** This part. */
    record Part(ByteRange range) implements Wanted {}

    /** Nothing that the object has. */
    record Unsatisfiable() implements Wanted {}
  }

  /** Whether a header is one that {@link #parse} follows, for a server that is handed it. */
  static boolean isUsual(String header) {
    return !(parse(Optional.of(header), Long.MAX_VALUE) instanceof Wanted.Whole);
  }

  static ByteRange whole(long objectBytes) {
    return new ByteRange(0, objectBytes - 1);
  }

  /**
   * Reads the header. Several ranges in one request may be answered with the whole object (section
   * 14.2), and so may what is no range. An end behind the last byte means the last byte; clients
   * that resume ask so.
   */
  static Wanted parse(Optional<String> header, long objectBytes) {
    var range = SINGLE.matcher(header.orElse(""));
    if (!range.matches()) {
      return new Wanted.Whole();
    }
    var first = range.group(1);
    var last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Wanted.Whole() : suffix(number(last), objectBytes);
    }
    if (!last.isEmpty() && number(last) < number(first)) {
      return new Wanted.Whole();
    }
    long end = last.isEmpty() ? Long.MAX_VALUE : number(last);
    return number(first) >= objectBytes
        ? new Wanted.Unsatisfiable()
        : new Wanted.Part(new ByteRange(number(first), Math.min(end, objectBytes - 1)));
  }

  /** The last so many bytes. */
  private static Wanted suffix(long wantedBytes, long objectBytes) {
    return wantedBytes == 0 || objectBytes == 0
        ? new Wanted.Unsatisfiable()
        : new Wanted.Part(new ByteRange(Math.max(0, objectBytes - wantedBytes), objectBytes - 1));
  }

  /** Numbers no object reaches are all alike. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException beyondLong) {
      return Long.MAX_VALUE;
    }
  }

  long sizeBytes() {
    return last - first + 1;
  }

  /** For the {@code Content-Range} header. */
  String of(long objectBytes) {
    return "bytes " + first + "-" + last + "/" + objectBytes;
  }
}
