package dev.roadstead.embedded;

import dev.roadstead.model.Digest;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes in a file under {@code tmp/}; buffers go to it as they come. */
final class FileStaging implements Staging {
  /**
   * The most that is written in one step: the JDK copies a heap buffer, and keeps room for as much
   * with every thread.
   */
  private static final int MAX_STEP_BYTES = 256 * 1024;

  private final ObjectFiles objects;
  private final MultipartFiles multiparts;
  private final Path file;
  private final FileChannel channel;
  private long sizeBytes;

  FileStaging(ObjectFiles objects, MultipartFiles multiparts, Path file) throws IOException {
    this.objects = objects;
    this.multiparts = multiparts;
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        int length = Math.min(bytes.remaining(), MAX_STEP_BYTES);
        int written = channel.write(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + written);
        sizeBytes += written;
      }
    } catch (IOException failed) {
      throw FileFailures.storeException("write bytes", failed);
    }
  }

  /** Takes all bytes of an object. */
  void copyOf(StoredObject object) throws IOException {
    sizeBytes += object.transferTo(0, object.sizeBytes(), channel);
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void storeAs(ObjectKey key) {
    try {
      sync();
      objects.place(file, key);
    } catch (IOException failed) {
      throw FileFailures.storeException("store an object", failed);
    }
  }

  @Override
  public void storeAs(ObjectKey key, Digest sha256) {
    try {
      sync();
      objects.place(file, key, sha256);
    } catch (IOException failed) {
      throw FileFailures.storeException("store an object", failed);
    }
  }

  @Override
  public void storeAsPart(MultipartId upload, int partNumber) {
    try {
      sync();
      multiparts.place(file, upload, partNumber);
    } catch (IOException failed) {
      throw FileFailures.storeException("store a part", failed);
    }
  }

  private void sync() throws IOException {
    channel.force(false);
    channel.close();
  }

  /** Removes the file, if it still lies here. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw FileFailures.storeException("drop bytes", failed);
    }
  }
}
