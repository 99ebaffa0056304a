package dev.roadstead.embedded;

import dev.roadstead.store.ObjectKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses that let their holder read one object for a while: {@code
 * /_objects/<key>?expires=<seconds since 1970>&mac=<32 hex digits>}. The MAC is HMAC-SHA-256 of key
 * and expiry, cut to 16 bytes.
 */
public final class ObjectAddress {
  /** Where the gateway serves objects. */
  public static final String PATH = "/_objects/";

  /** The longest life of an address. */
  public static final Duration MAX_LIFE = Duration.ofMinutes(15);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 16;
  private static final Pattern GRAMMAR =
      Pattern.compile(PATH + "([A-Za-z0-9_/-]{1,512})\\?expires=([0-9]{1,12})&mac=([0-9a-f]{32})");

  private final SecretKeySpec secret;
  private final InstantSource clock;

  /** Signs and verifies with this secret and by this clock. */
  public ObjectAddress(byte[] secret, InstantSource clock) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /**
   * A relative address that is good for this long.
   *
   * @param life at most {@link #MAX_LIFE}, else {@link IllegalArgumentException}
   */
  public URI sign(ObjectKey key, Duration life) {
    if (life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException("an address lives at most " + MAX_LIFE + ": " + life);
    }
    long expires = clock.instant().plus(life).getEpochSecond();
    var mac = HexFormat.of().formatHex(mac(key, expires));
    return URI.create(PATH + key + "?expires=" + expires + "&mac=" + mac);
  }

  /**
   * The object that an address allows to read.
   *
   * @param pathAndQuery as the client sent them, still encoded
   * @return empty when the address is no such address, forged, or too old
   */
  public Optional<ObjectKey> verify(String pathAndQuery) {
    var address = GRAMMAR.matcher(pathAndQuery);
    if (!address.matches()) {
      return Optional.empty();
    }
    ObjectKey key;
    try {
      key = new ObjectKey(address.group(1));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
    long expires = Long.parseLong(address.group(2));
    var mac = HexFormat.of().parseHex(address.group(3));
    boolean good = MessageDigest.isEqual(mac, mac(key, expires));
    return good && clock.instant().getEpochSecond() < expires ? Optional.of(key) : Optional.empty();
  }

  private byte[] mac(ObjectKey key, long expires) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      var signed = (key + "?" + expires).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(mac.doFinal(signed), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, missing);
    }
  }
}
