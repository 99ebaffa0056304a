package dev.roadstead.route;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.UploadLocation.Phase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks upload locations with HMAC-SHA-256. A location is one path segment: the session,
 * as a UUID that everybody can read (distribution spec, "POST then PUT"), a dot, and in base64url
 * the phase (1 byte), the end of the direct way (8) and the first 18 bytes of the MAC over those,
 * the session and the repository. No query, because clients re-sort and re-encode queries.
 */
public final class LocationKeys {
  /** How long a key is, in bytes. */
  public static final int KEY_BYTES = 32;

  private static final int SESSION_LENGTH = 36;
  private static final int STATE_BYTES = 1 + 8;

  /** With the state a multiple of 3, so that base64url has no bits that could be anything. */
  private static final int MAC_BYTES = 18;

  private final Supplier<List<byte[]>> keys;

  /**
   * Keys of {@value #KEY_BYTES} bytes: the first one signs, all of them are believed, so that keys
   * can be exchanged while uploads run.
   */
  public LocationKeys(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != KEY_BYTES)) {
      throw new IllegalArgumentException("location keys have 32 bytes, and there is at least one");
    }
    var copies = keys.stream().map(byte[]::clone).toList();
    this.keys = () -> copies;
  }

  /** Keys that are asked for whenever they are needed, because they are exchanged meanwhile. */
  public LocationKeys(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  /** The last path segment for this location. */
  public String sign(UploadLocation location) {
    var session = location.session().toString();
    var state =
        ByteBuffer.allocate(STATE_BYTES)
            .put((byte) (location.phase() == Phase.FRESH ? 0 : 1))
            .putLong(location.directUntilSeconds())
            .array();
    var token =
        ByteBuffer.allocate(STATE_BYTES + MAC_BYTES)
            .put(state)
            .put(mac(keys.get().getFirst(), location.repository(), session, state));
    return session + "." + Base64.getUrlEncoder().encodeToString(token.array());
  }

  /** What a location says, when it was signed here for this repository. */
  public Optional<UploadLocation> verify(RepositoryName repository, String segment) {
    if (segment.length() <= SESSION_LENGTH || segment.charAt(SESSION_LENGTH) != '.') {
      return Optional.empty();
    }
    var session = segment.substring(0, SESSION_LENGTH);
    byte[] token;
    try {
      token = Base64.getUrlDecoder().decode(segment.substring(SESSION_LENGTH + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (token.length != STATE_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    var state = Arrays.copyOf(token, STATE_BYTES);
    var given = Arrays.copyOfRange(token, STATE_BYTES, token.length);
    if (keys.get().stream()
        .noneMatch(k -> MessageDigest.isEqual(mac(k, repository, session, state), given))) {
      return Optional.empty();
    }
    var fields = ByteBuffer.wrap(state);
    var phase = fields.get() == 0 ? Phase.FRESH : Phase.CHUNKED;
    return Optional.of(
        new UploadLocation(repository, SessionId.parse(session), phase, fields.getLong()));
  }

  private static byte[] mac(byte[] key, RepositoryName repository, String session, byte[] state) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(state);
      mac.update(session.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(
          mac.doFinal(repository.text().getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
    }
  }
}
