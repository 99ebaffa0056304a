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
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks upload locations with HMAC-SHA-256. A location is one path segment: phase (1
 * byte), session (16), end of the direct way (8) and the first 16 bytes of the MAC over those and
 * the repository, in base64url. No query, because clients re-sort and re-encode queries.
 */
public final class LocationKeys {
  /** How long a key is, in bytes. */
  public static final int KEY_BYTES = 32;

  private static final int SIGNED_BYTES = 1 + 16 + 8;
  private static final int MAC_BYTES = 16;

  private final List<SecretKeySpec> keys;

  /**
   * Keys of {@value #KEY_BYTES} bytes: the first one signs, all of them are believed, so that keys
   * can be exchanged while uploads run.
   */
  public LocationKeys(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != KEY_BYTES)) {
      throw new IllegalArgumentException("location keys have 32 bytes, and there is at least one");
    }
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, "HmacSHA256")).toList();
  }

  /** The last path segment for this location. */
  public String sign(UploadLocation location) {
    var uuid = location.session().uuid();
    var signed =
        ByteBuffer.allocate(SIGNED_BYTES)
            .put((byte) (location.phase() == Phase.FRESH ? 0 : 1))
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .putLong(location.directUntilSeconds())
            .array();
    var token =
        ByteBuffer.allocate(SIGNED_BYTES + MAC_BYTES)
            .put(signed)
            .put(mac(keys.getFirst(), location.repository(), signed));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** What a location says, when it was signed here for this repository. */
  public Optional<UploadLocation> verify(RepositoryName repository, String segment) {
    byte[] token;
    try {
      token = Base64.getUrlDecoder().decode(segment);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (token.length != SIGNED_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    var signed = Arrays.copyOf(token, SIGNED_BYTES);
    var given = Arrays.copyOfRange(token, SIGNED_BYTES, token.length);
    if (keys.stream().noneMatch(k -> MessageDigest.isEqual(mac(k, repository, signed), given))) {
      return Optional.empty();
    }
    var fields = ByteBuffer.wrap(signed);
    var phase = fields.get() == 0 ? Phase.FRESH : Phase.CHUNKED;
    var session = new SessionId(new UUID(fields.getLong(), fields.getLong()));
    return Optional.of(new UploadLocation(repository, session, phase, fields.getLong()));
  }

  private static byte[] mac(SecretKeySpec key, RepositoryName repository, byte[] signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(signed);
      return Arrays.copyOf(
          mac.doFinal(repository.text().getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
    }
  }
}
