package dev.roadstead.localstack;

import dev.roadstead.embedded.StoredObject;
import dev.roadstead.wire.Answer;

/** What is sent back: an answer that is at hand, or bytes from the object store. */
sealed interface Reply {
  /** All of it. */
  record Whole(Answer answer) implements Reply {}

  /**
   * A part of an object.
   *
   * @param head status and headers; its body is not sent
   * @param object open; whoever sends it closes it
   */
  record Bytes(Answer head, StoredObject object, ByteRange range) implements Reply {
    /** The same with one header more. */
    Bytes with(String header, String value) {
      return new Bytes(head.with(header, value), object, range);
    }
  }
}
