package dev.roadstead.client;

import java.io.IOException;

/** A registry that answered, but not with what it was asked for. The message is for people. */
public final class RegistryRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RegistryRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The answer's HTTP status. */
  public int status() {
    return status;
  }
}
