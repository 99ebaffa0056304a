package dev.roadstead.secret;

import dev.roadstead.hash.Hmac;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The keys for one purpose: the one in use, the one that comes next, and the one that was in use
 * before. All of them are believed.
 *
 * <p>A key is known everywhere before anybody uses it, and believed until one exchange after its
 * use has ended. So whoever has not heard of an exchange yet gets along with whoever has, in
 * whichever order they hear of it; only two exchanges behind is too late.
 *
 * @param keys current, next, and previous if there was one; {@value Hmac#BYTES} bytes each
 */
public record Ring(List<byte[]> keys) {
  private static final int NEXT = 1;
  private static final int MIN = 2;
  private static final int MAX = 3;

  /** Copies the keys. */
  public Ring {
    if (keys.size() < MIN
        || keys.size() > MAX
        || keys.stream().anyMatch(key -> key.length != Hmac.BYTES)) {
      throw new IllegalArgumentException("a ring has two or three keys of 32 bytes");
    }
    keys = keys.stream().map(byte[]::clone).toList();
  }

  /** The first ring of an installation. */
  static Ring first(RandomGenerator random) {
    return new Ring(List.of(key(random), key(random)));
  }

  /** What comes after this one. */
  Ring exchanged(RandomGenerator random) {
    return new Ring(List.of(keys.get(NEXT), key(random), keys.getFirst()));
  }

  private static byte[] key(RandomGenerator random) {
    var key = new byte[Hmac.BYTES];
    random.nextBytes(key);
    return key;
  }

  /** All keys in a row. */
  byte[] bytes() {
    var bytes = new byte[keys.size() * Hmac.BYTES];
    for (int i = 0; i < keys.size(); i++) {
      System.arraycopy(keys.get(i), 0, bytes, i * Hmac.BYTES, Hmac.BYTES);
    }
    return bytes;
  }

  /** Reads what {@link #bytes} has written. */
  static Ring of(byte[] bytes) {
    var keys = new ArrayList<byte[]>();
    for (int from = 0; from < bytes.length; from += Hmac.BYTES) {
      keys.add(Arrays.copyOfRange(bytes, from, from + Hmac.BYTES));
    }
    return new Ring(keys);
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "Ring[" + keys.size() + " keys]";
  }
}
