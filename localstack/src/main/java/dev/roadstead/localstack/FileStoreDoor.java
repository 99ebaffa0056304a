package dev.roadstead.localstack;

import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.StoredObject;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.hash.ResumableHash;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.Keys;
import dev.roadstead.relay.server.RequestBody;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** The object store of a data folder: takes blobs into files, and gives their bytes out. */
final class FileStoreDoor implements ObjectStoreDoor {
  /** How many blobs come in at once; further ones wait their turn. */
  private static final int MAX_STREAMS = 64;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final FileBlobStore blobs;
  private final ObjectAddress addresses;
  private final Consumer<DirectPut> blobCreated;
  private final Semaphore streams = new Semaphore(MAX_STREAMS, true);

  /**
   * A door to this store.
   *
   * @param blobCreated is told of every blob that was stored; must not block
   */
  FileStoreDoor(FileBlobStore blobs, ObjectAddress addresses, Consumer<DirectPut> blobCreated) {
    this.blobs = blobs;
    this.addresses = addresses;
    this.blobCreated = blobCreated;
  }

  @Override
  public Answer put(DirectPut put, RequestBody body) {
    var repository = put.location().repository();
    var key = Keys.directPut(repository, put.digest(), put.location().session());
    streams.acquireUninterruptibly();
    try {
      store(key, put, body);
    } finally {
      streams.release();
    }
    blobCreated.accept(put);
    return UploadExchange.created(repository, put.digest());
  }

  private void store(ObjectKey key, DirectPut put, RequestBody body) {
    try (var staging = blobs.stage()) {
      var hash = ResumableHash.start(HashAlgorithm.SHA256);
      var buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (body.read(buffer) >= 0) {
        hash.update(buffer.flip().duplicate());
        staging.write(buffer);
        buffer.clear();
      }
      var found = new Digest(HashAlgorithm.SHA256, hash.hex());
      if (staging.sizeBytes() != put.sizeBytes()) {
        throw ErrorCode.SIZE_INVALID.about(
            "announced were " + put.sizeBytes() + " bytes, received " + staging.sizeBytes());
      }
      if (!found.equals(put.digest())) {
        throw ErrorCode.DIGEST_INVALID.about(
            "the bytes received have the digest " + found + "; nothing was stored");
      }
      staging.storeAs(key, found);
    }
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(ObjectAddress.PATH);
  }

  @Override
  public Reply.Bytes get(String pathAndQuery, Optional<String> range) {
    var key =
        addresses
            .verify(pathAndQuery)
            .orElseThrow(
                () -> ErrorCode.DENIED.about("this address has expired; ask the registry again"));
    var object = blobs.open(key).orElseThrow(ErrorCode.BLOB_UNKNOWN::raise);
    return reply(object, ByteRange.parse(range, object.sizeBytes()));
  }

  private static Reply.Bytes reply(StoredObject object, ByteRange.Wanted wanted) {
    var head =
        Answer.of(200)
            .with("Content-Type", "application/octet-stream")
            .with("Accept-Ranges", "bytes");
    long size = object.sizeBytes();
    return switch (wanted) {
      case ByteRange.Wanted.Whole() -> new Reply.Bytes(head, object, ByteRange.whole(size));
      case ByteRange.Wanted.Part(var range) ->
          new Reply.Bytes(
              new Answer(206, head.headers(), head.body()).with("Content-Range", range.of(size)),
              object,
              range);
      case ByteRange.Wanted.Unsatisfiable() -> {
        close(object);
        throw ErrorCode.RANGE_UNSATISFIABLE
            .about("the blob has " + size + " bytes")
            .with("Content-Range", "bytes */" + size);
      }
    };
  }

  private static void close(StoredObject object) {
    try {
      object.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
