package dev.roadstead.model;

import java.util.UUID;

/**
 * The identity of one upload session; never used twice, shown to clients as {@code
 * Docker-Upload-UUID}.
 */
public record SessionId(UUID uuid) {

  /**
   * Reads the usual 36 characters.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static SessionId parse(String text) {
    return new SessionId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
