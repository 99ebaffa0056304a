package dev.roadstead.route;

import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Digest;

/** Where the edge sends a request. */
public sealed interface Destination {

  /** To the function of this operation; a body of unknown length is cut off at the limit. */
  record Function(Operation operation, Address address) implements Destination {}

  /**
   * Straight into the object store, which checks the digest while it stores; no function sees a
   * byte.
   */
  record DirectPut(UploadLocation location, Digest digest, long sizeBytes) implements Destination {}

  /** To the relay, the one server that takes streams. */
  record Relay(Operation operation, Address address) implements Destination {}

  /** Nowhere: the edge itself answers, before the body is read. */
  record Refusal(RegistryException reason) implements Destination {}
}
