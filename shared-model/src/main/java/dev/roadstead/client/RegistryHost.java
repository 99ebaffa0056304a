package dev.roadstead.client;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where a registry is reached: {@code host} or {@code host:port}. A host of this machine is spoken
 * to in plain http, every other one in https.
 *
 * @param text as in an image's name; letters are taken as they are
 */
public record RegistryHost(String text) {
  private static final Pattern GRAMMAR =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:]{2,45}])(:[0-9]{1,5})?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:[0-9]{1,5})?");

  /** Refuses a text that is no host with {@link IllegalArgumentException}. */
  public RegistryHost {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no registry; write host or host:port, for example 127.0.0.1:5000");
    }
  }

  /** Whether bytes to this host stay on this machine. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(text).matches();
  }

  /** The address of everything the registry has, for example {@code https://r.example/v2/}. */
  URI api() {
    return URI.create((isLoopback() ? "http://" : "https://") + text + "/v2/");
  }

  /** Whether a secret may be sent to this address: over https, or without leaving this machine. */
  static boolean keepsSecrets(URI address) {
    return switch (address.getScheme()) {
      case "https" -> true;
      case "http" -> LOOPBACK.matcher(address.getAuthority()).matches();
      case null, default -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
