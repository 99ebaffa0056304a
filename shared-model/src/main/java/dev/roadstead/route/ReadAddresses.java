package dev.roadstead.route;

import dev.roadstead.hash.Hmac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * Signs addresses at which the CDN gives out objects. The path is the object's name, so that one
 * copy in the CDN serves everybody; until when it holds, and the code over both, stand in the
 * query, which the edge checks and drops.
 */
public final class ReadAddresses {
  private final Supplier<List<byte[]>> keys;

  /** With these keys, of which the first one signs. */
  public ReadAddresses(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  /** The address of an object on the host that the client has asked, good until this time. */
  public URI sign(String objectName, Instant until) {
    long seconds = until.getEpochSecond();
    var path = "/" + objectName;
    var code =
        Hmac.sha256(keys.get().getFirst(), (seconds + path).getBytes(StandardCharsets.UTF_8));
    return URI.create(
        path
            + "?until="
            + seconds
            + "&code="
            + Base64.getUrlEncoder().withoutPadding().encodeToString(code));
  }
}
