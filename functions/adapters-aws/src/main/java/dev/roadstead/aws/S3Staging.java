package dev.roadstead.aws;

import dev.roadstead.model.Digest;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Staging;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes in a file, because S3 wants to know their number before the first one. The file has no name
 * from the beginning, so that nothing is left of it however the process ends.
 */
final class S3Staging implements Staging {
  private final S3BlobStore objects;
  private final S3Multipart multiparts;
  private final FileChannel file;
  private long sizeBytes;

  private S3Staging(S3BlobStore objects, S3Multipart multiparts, FileChannel file) {
    this.objects = objects;
    this.multiparts = multiparts;
    this.file = file;
  }

  static S3Staging open(Path folder, S3BlobStore objects, S3Multipart multiparts) {
    try {
      var path = Files.createTempFile(folder, "staging-", ".bytes");
      var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(path);
      return new S3Staging(objects, multiparts, file);
    } catch (IOException failed) {
      throw new StoreException("cannot stage bytes in " + folder, failed);
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        sizeBytes += file.write(bytes);
      }
    } catch (IOException failed) {
      throw new StoreException("cannot stage bytes", failed);
    }
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void storeAs(ObjectKey key) {
    objects.put(key, body(), Optional.empty());
  }

  @Override
  public void storeAs(ObjectKey key, Digest sha256) {
    objects.put(key, body(), Optional.of(sha256));
  }

  @Override
  public void storeAsPart(MultipartId upload, int partNumber) {
    multiparts.put(upload, partNumber, body());
  }

  /** May be read from the beginning again, for a second try. */
  private RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new FileBytes(file), sizeBytes, S3BlobStore.CONTENT_TYPE);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failed) {
      throw new StoreException("cannot drop staged bytes", failed);
    }
  }

  /** The file from its first byte on; leaves the file open and its position alone. */
  private static final class FileBytes extends InputStream {
    private final FileChannel file;
    private long position;

    FileBytes(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = file.read(ByteBuffer.wrap(target, offset, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }
}
