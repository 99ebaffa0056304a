package dev.roadstead.localstack;

import dev.roadstead.embedded.StoredObject;
import dev.roadstead.wire.Answer;
import java.io.InputStream;

/** What is sent back: an answer that is at hand, or bytes from the object store. */
sealed interface Reply {
  /** The same with one header more. */
  Reply with(String header, String value);

  /** All of it. */
  record Whole(Answer answer) implements Reply {
    @Override
    public Whole with(String header, String value) {
      return new Whole(answer.with(header, value));
    }
  }

  /**
   * A part of an object.
   *
   * @param head status and headers; its body is not sent
   * @param object open; whoever sends it closes it
   */
  record Bytes(Answer head, StoredObject object, ByteRange range) implements Reply {
    @Override
    public Bytes with(String header, String value) {
      return new Bytes(head.with(header, value), object, range);
    }
  }

  /**
   * Bytes that another server sends.
   *
   * @param head status and headers; its body is not sent
   * @param bytes open; whoever sends them closes it
   * @param sizeBytes how many there are to come
   */
  record Stream(Answer head, InputStream bytes, long sizeBytes) implements Reply {
    @Override
    public Stream with(String header, String value) {
      return new Stream(head.with(header, value), bytes, sizeBytes);
    }
  }
}
