package dev.roadstead.error;

import java.util.Map;

/**
 * One entry of the {@code errors} array of an answer.
 *
 * @param code which error
 * @param message what is wrong and what to do, for a person
 * @param detail names and values a program may use; sorted by name when rendered
 */
public record Problem(ErrorCode code, String message, Map<String, String> detail) {

  /** Copies the detail, so that nobody can change it later. */
  public Problem {
    detail = Map.copyOf(detail);
  }

  /** A problem without detail. */
  public static Problem of(ErrorCode code, String message) {
    return new Problem(code, message, Map.of());
  }
}
