package dev.roadstead.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a client sends a blob, guessed from what it calls itself. The guess decides only whether it
 * waits for a relay that sleeps: a wrong one costs a wait for nothing, or a stream that fails and
 * is repeated.
 */
public enum PushStyle {
  /** As one {@code PUT} of known length and digest, which needs no relay. */
  WHOLE,
  /** The one or the other, depending on where it keeps its images, which it does not say. */
  EITHER,
  /** As a stream, or nobody knows. */
  STREAM;

  /** The first words of the User-Agent of clients that send whole blobs. */
  private static final Set<String> SEND_WHOLE_BLOBS =
      Set.of(
          "containerd",
          "buildkit",
          "nerdctl",
          "oras",
          "oras-go",
          "helm",
          "regclient",
          "notation",
          "roadstead");

  /** The first Docker that keeps its images in containerd unless told otherwise. */
  private static final int DOCKER_WITH_CONTAINERD = 29;

  /** A product and its version, as {@code docker/29.1.0} or {@code regclient/regctl (v0.11.7)}. */
  private static final Pattern PRODUCT =
      Pattern.compile("([A-Za-z-]+)(?:/(?:([0-9]{1,4})(?![0-9]))?.*)?");

  /** The style of a client that calls itself so, if it does. */
  public static PushStyle of(Optional<String> userAgent) {
    var product = PRODUCT.matcher(userAgent.orElse(""));
    if (!product.matches()) {
      return STREAM;
    }
    var name = product.group(1).toLowerCase(Locale.ROOT);
    if (name.equals("docker")) {
      var major = Optional.ofNullable(product.group(2)).map(Integer::parseInt).orElse(0);
      return major >= DOCKER_WITH_CONTAINERD ? EITHER : STREAM;
    }
    return SEND_WHOLE_BLOBS.contains(name) ? WHOLE : STREAM;
  }
}
