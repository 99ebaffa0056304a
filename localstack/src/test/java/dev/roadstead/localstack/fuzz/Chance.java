package dev.roadstead.localstack.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** All that is left to chance in one round; the same seed gives the same again. */
final class Chance {
  private static final String ODD = "\0\t\n\r \"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u007f\u00e9\u20ac";

  private final Random random;

  Chance(long seed) {
    this.random = new Random(seed);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** 0 and more, but less than this. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T oneOf(T... things) {
    return things[below(things.length)];
  }

  <T> T oneOf(List<T> things) {
    return things.get(below(things.size()));
  }

  byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * How long a body is: mostly short, now and then at a limit, seldom longer than a function takes.
   */
  int bodyBytes() {
    if (oneIn(60)) {
      return oneOf(4_499_999, 4_500_000, 4_500_001, 5 * 1024 * 1024, 6_000_000);
    }
    return oneIn(8) ? oneOf(0, 1, 65_535, 65_536, 65_537, 200_000) : below(2_000);
  }

  /** A short text of characters that mean something somewhere. */
  String oddText() {
    var text = new StringBuilder();
    for (int i = below(8); i >= 0; i--) {
      text.append(oneIn(3) ? (char) ('a' + below(26)) : ODD.charAt(below(ODD.length())));
    }
    return text.toString();
  }

  /** A number, or what somebody may take for one. */
  String oddNumber() {
    return oneOf(
        "0",
        "-1",
        "1",
        "00",
        "1e3",
        "0x10",
        "1.5",
        "",
        " 1",
        "+1",
        "NaN",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "9".repeat(40));
  }

  /** A digest, or something like it. */
  String oddDigest() {
    return oneOf(
        "sha256:" + "0".repeat(64),
        "sha512:" + "a".repeat(128),
        "sha256:" + "A".repeat(64),
        "sha256:" + "0".repeat(63),
        "sha384:" + "0".repeat(96),
        "sha256:",
        ":",
        "sha256",
        "sha256:../../" + "0".repeat(58),
        oddText());
  }

  /** The bytes with a few of them changed, doubled or taken away. */
  byte[] damaged(byte[] bytes) {
    var text = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1));
    for (int i = below(4); i >= 0; i--) {
      int at = below(text.length() + 1);
      int end = Math.min(text.length(), at + below(12));
      switch (below(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.insert(at, (char) below(256));
        default ->
            text.insert(at, oneOf("null", "[", "]", "{", "}", "\"", ",", "-1", "1e999", "\\u"));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  String damaged(String text) {
    return new String(damaged(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }
}
