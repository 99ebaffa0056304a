package dev.roadstead.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** An open object, read from its first byte to its last. */
final class ObjectStream extends InputStream {
  private final StoredObject object;
  private long position;

  ObjectStream(StoredObject object) {
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read = object.read(ByteBuffer.wrap(target, offset, length), position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    object.close();
  }
}
