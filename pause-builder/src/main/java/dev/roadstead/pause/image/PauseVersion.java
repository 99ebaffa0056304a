package dev.roadstead.pause.image;

import java.util.regex.Pattern;

/**
 * What {@code /pause -v} prints and the image is labelled with.
 *
 * @param text two or three numbers, and a suffix of one's own if one likes: {@code 3.10.2} or
 *     {@code 3.10.2-acme.1}; 64 characters at most, so that it is a tag too
 */
public record PauseVersion(String text) {
  private static final int MAX_LENGTH = 64;
  private static final Pattern GRAMMAR =
      Pattern.compile("\\d{1,9}\\.\\d{1,9}(\\.\\d{1,9})?(-[0-9A-Za-z]+([._-][0-9A-Za-z]+)*+)?");

  /** The version that the newest Kubernetes expects. */
  public static final PauseVersion NEWEST = new PauseVersion("3.10.2");

  /** Refuses a text that is no version with {@link IllegalArgumentException}. */
  public PauseVersion {
    if (text.length() > MAX_LENGTH || !GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no version; write 3.10.2, or 3.10.2-acme.1 for one of your own");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
