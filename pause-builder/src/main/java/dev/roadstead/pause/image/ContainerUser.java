package dev.roadstead.pause.image;

import java.util.regex.Pattern;

/**
 * Whom a container runs as. Numbers only: the image has no file that could give a name a meaning,
 * and Kubernetes' {@code runAsNonRoot} takes nothing else.
 *
 * @param text {@code uid} or {@code uid:gid}, each from 0 to 2,147,483,647
 */
public record ContainerUser(String text) {
  private static final Pattern GRAMMAR = Pattern.compile("\\d{1,10}(:\\d{1,10})?");

  /** The official image's user: nobody, and no user of any distribution. */
  public static final ContainerUser NOBODY = new ContainerUser("65535:65535");

  /** Refuses anything but numbers with {@link IllegalArgumentException}. */
  public ContainerUser {
    if (!GRAMMAR.matcher(text).matches() || !withinRange(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no user; write numbers, uid or uid:gid, for example 65535:65535");
    }
  }

  private static boolean withinRange(String text) {
    for (var number : text.split(":", 2)) {
      if (Long.parseLong(number) > Integer.MAX_VALUE) {
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
