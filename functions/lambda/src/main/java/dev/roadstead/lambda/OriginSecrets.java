package dev.roadstead.lambda;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * By what a function knows that a request has come through the edge: its address is open to
 * everybody.
 *
 * @param keys what the edge may say, the one that it says now first; empty where nobody else can
 *     reach the function
 */
record OriginSecrets(Optional<Supplier<List<byte[]>>> keys) {
  /** What the edge sets, whatever a client has sent under this name. */
  static final String HEADER = "x-roadstead-origin";

  /**
   * Lets pass what the edge has sent. All keys are compared, so that the time says nothing.
   *
   * @throws RegistryException for everything else
   */
  void check(ApiRequest request) {
    if (keys.isPresent() && !isKnown(keys.get().get(), request.header(HEADER).orElse(""))) {
      throw ErrorCode.DENIED.about(
          "this address is for the registry's own edge; use the registry's");
    }
  }

  private static boolean isKnown(List<byte[]> keys, String said) {
    boolean known = false;
    for (var key : keys) {
      known |= MessageDigest.isEqual(utf8(HexFormat.of().formatHex(key)), utf8(said));
    }
    return known;
  }

  /** What the edge says now; empty where nothing is asked for. */
  Optional<String> said() {
    return keys.map(known -> HexFormat.of().formatHex(known.get().getFirst()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
