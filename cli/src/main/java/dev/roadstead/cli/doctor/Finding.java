package dev.roadstead.cli.doctor;

/** What a check has found. */
sealed interface Finding {
  /** One line for people. */
  String text();

  /** It is as clients need it. */
  record Passed(String text) implements Finding {}

  /** It is not; the check says what to do. */
  record Failed(String text) implements Finding {}

  /** It does not apply here, or cannot be seen. */
  record Skipped(String text) implements Finding {}
}
