package dev.roadstead.store;

/** A store cannot answer now; the client is told 503 and may try again. */
public sealed class StoreException extends RuntimeException permits ContentionException {
  private static final long serialVersionUID = 1L;

  /** A failure with its cause, for the operator's log. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failure that has no cause of its own. */
  public StoreException(String message) {
    super(message);
  }
}
