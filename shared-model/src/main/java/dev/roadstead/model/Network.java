package dev.roadstead.model;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * A range of IP addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one address is a range of
 * itself. Never looks up a name.
 */
public record Network(String text) {
  /** Refuses what is no range with {@link IllegalArgumentException}. */
  public Network {
    parse(text);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(byte[] address, int bits) {}

  private static Range parse(String text) {
    int slash = text.indexOf('/');
    var address = address(slash < 0 ? text : text.substring(0, slash));
    int most = address.length * 8;
    var bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > most) {
      throw wrong();
    }
    return new Range(address, Integer.parseInt(bits));
  }

  private static byte[] address(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException noAddress) {
      throw wrong();
    }
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "a network is written like 10.0.0.0/8 or 2001:db8::/32, or as one address");
  }

  /**
   * What is counted as one network: 24 bits of IPv4, 64 of IPv6, in hexadecimal; empty for what is
   * no address.
   */
  public static String around(String address) {
    try {
      var bytes = InetAddress.ofLiteral(address).getAddress();
      return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 3 : 8);
    } catch (IllegalArgumentException unknown) {
      return "";
    }
  }

  /** Whether it has this address, which is written as numbers; false for any other text. */
  public boolean has(String address) {
    var range = parse(text);
    byte[] other;
    try {
      other = address(address);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
    if (other.length != range.address().length) {
      return false;
    }
    for (int bit = 0; bit < range.bits(); bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((other[bit / 8] ^ range.address()[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
