package dev.roadstead.registry;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A body whose sender goes away after some bytes. */
final class BrokenBody implements ReadableByteChannel {
  private final ByteBuffer bytes;

  BrokenBody(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!bytes.hasRemaining()) {
      throw new EOFException("the sender has gone away");
    }
    int length = Math.min(target.remaining(), bytes.remaining());
    target.put(bytes.slice().limit(length));
    bytes.position(bytes.position() + length);
    return length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
