package dev.roadstead.aws;

/** There is no such bucket or table; the message says what to do. */
public final class MissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingException(String message) {
    super(message);
  }
}
