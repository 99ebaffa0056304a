package dev.roadstead.embedded;

/**
 * The data folder cannot be used; the message is one line for the person who started the registry.
 */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do. */
  public DataFolderException(String message) {
    super(message);
  }

  /** Says what is wrong and what to do, and keeps the cause for the log. */
  public DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
