package dev.roadstead.localstack.runtime;

/** A function gave no answer: it threw, ended in the middle, or could not start. */
public final class InvocationException extends Exception {
  private static final long serialVersionUID = 1;

  InvocationException(String message) {
    super(message);
  }
}
