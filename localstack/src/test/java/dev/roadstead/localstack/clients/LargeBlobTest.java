package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs of 5 GiB, and the memory of the server that takes and gives them. Minutes, not seconds. */
@Tag("long")
@Tag("embedded")
class LargeBlobTest {
  private static final long BLOB_BYTES = 5L * 1024 * 1024 * 1024;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void goInAtOnceAndAsStreamsAndComeOutInFlatMemory() throws Exception {
    try (var registry = RegistryUnderTest.startOne(folder)) {
      pushAndPull(URI.create("http://" + registry.authority()));

      registry.stayedWithinItsMemory();
    }
  }

  private void pushAndPull(URI address) throws Exception {
    var digest = digest(new Numbers(BLOB_BYTES));

    var whole = location(address.resolve("/v2/large/whole/blobs/uploads/"));
    assertThat(put(whole, digest, BodyPublishers.fromPublisher(stream(), BLOB_BYTES)))
        .isEqualTo(201);

    var chunk =
        HttpRequest.newBuilder(location(address.resolve("/v2/large/stream/blobs/uploads/")));
    var taken = client.send(chunk.method("PATCH", stream()).build(), BodyHandlers.discarding());
    assertThat(taken.headers().firstValue("Range")).hasValue("0-" + (BLOB_BYTES - 1));
    var next = address.resolve(taken.headers().firstValue("Location").orElseThrow());
    assertThat(put(next, digest, BodyPublishers.noBody())).isEqualTo(201);

    assertThat(pulled(address.resolve("/v2/large/whole/blobs/" + digest))).isEqualTo(digest);
    assertThat(pulled(address.resolve("/v2/large/stream/blobs/" + digest))).isEqualTo(digest);
  }

  private static BodyPublisher stream() {
    return BodyPublishers.ofInputStream(() -> new Numbers(BLOB_BYTES));
  }

  private URI location(URI uploads) throws Exception {
    var post = HttpRequest.newBuilder(uploads).POST(BodyPublishers.noBody());
    var answer = client.send(post.build(), BodyHandlers.discarding());
    return uploads.resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  private int put(URI location, String digest, BodyPublisher body) throws Exception {
    var put = HttpRequest.newBuilder(URI.create(location + "?digest=" + digest)).PUT(body);
    return client.send(put.build(), BodyHandlers.discarding()).statusCode();
  }

  private String pulled(URI blob) throws Exception {
    var get = HttpRequest.newBuilder(blob).build();
    return digest(client.send(get, BodyHandlers.ofInputStream()).body());
  }

  private static String digest(InputStream bytes) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    var buffer = new byte[1024 * 1024];
    try (bytes) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        sha256.update(buffer, 0, count);
      }
    }
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }

  /**
   * Bytes that never repeat, made while they are read: each eight are the number of their place.
   */
  private static final class Numbers extends InputStream {
    private final ByteBuffer block = ByteBuffer.allocate(1024 * 1024).limit(0);
    private long leftBytes;
    private long number;

    Numbers(long sizeBytes) {
      leftBytes = sizeBytes;
    }

    @Override
    public int read() {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (leftBytes == 0) {
        return -1;
      }
      if (!block.hasRemaining()) {
        block.clear();
        while (block.hasRemaining()) {
          block.putLong(number++);
        }
        block.flip();
      }
      int count = (int) Math.min(Math.min(length, block.remaining()), leftBytes);
      block.get(target, offset, count);
      leftBytes -= count;
      return count;
    }
  }
}
