package dev.roadstead.registry;

import dev.roadstead.registry.Pieces.Tail;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.Staging;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns chunks of any size into what an object store takes. A whole blob in one chunk becomes one
 * object. Otherwise everything becomes parts of one multipart upload, and since no part but the
 * last may be smaller than 5 MiB, smaller chunks wait as objects of their own ("tails") until there
 * are enough of them.
 */
final class PieceStore {
  /** How many small tails may wait; then they are made one, so that a record stays small. */
  static final int MAX_TAILS = 16;

  /** The number of the part that closes a session: all who close it write the same bytes there. */
  static final int LAST_PART = BlobStore.MAX_PART_NUMBER;

  private final BlobStore blobs;

  PieceStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * A piece being written.
   *
   * @param merged whether it begins with the bytes of the tails that waited
   */
  record OpenPiece(Staging staging, boolean merged) implements AutoCloseable {
    @Override
    public void close() {
      staging.close();
    }
  }

  /** Begins a piece; empty when the tails it would begin with were replaced meanwhile. */
  Optional<OpenPiece> open(UploadSession session, OptionalLong lengthBytes) {
    var waiting = smallTails(session.pieces());
    long waitingBytes = waiting.stream().mapToLong(Tail::sizeBytes).sum();
    boolean merge =
        !waiting.isEmpty()
            && (waiting.size() >= MAX_TAILS
                || lengthBytes.isEmpty()
                || waitingBytes + lengthBytes.getAsLong() >= BlobStore.MIN_PART_BYTES);
    var piece = new OpenPiece(blobs.stage(), merge);
    if (merge && !copySmallTails(session, piece.staging())) {
      piece.close();
      return Optional.empty();
    }
    return Optional.of(piece);
  }

  /**
   * Whether a piece is to be a part; otherwise it is an object of its own.
   *
   * @param last whether the chunk ends with it
   */
  static boolean isPart(UploadSession session, OpenPiece piece, boolean last) {
    boolean wholeBlob = session.pieces().isEmpty() && last;
    return !wholeBlob && piece.staging().sizeBytes() >= BlobStore.MIN_PART_BYTES;
  }

  /** Stores a piece as an object under the session's newest attempt; tells what it has then. */
  Pieces storeAsObject(UploadSession session, OpenPiece piece) {
    piece.staging().storeAs(Keys.attemptObject(session.id(), session.attempts()));
    var before = session.pieces();
    var kept = piece.merged() ? new Pieces(before.parts(), bigTails(before)) : before;
    return kept.withTail(new Tail(session.attempts(), piece.staging().sizeBytes()));
  }

  /** Stores a piece as a part, after all tails that are large enough to be parts too. */
  Pieces storeAsPart(UploadSession session, OpenPiece piece, MultipartId upload) {
    var parts = bigTailsAsParts(session, upload).withPart(session.attempts());
    piece.staging().storeAsPart(upload, session.attempts());
    return parts;
  }

  /**
   * Removes the tails that a recorded change has made superfluous. Losing this costs only space.
   */
  void dropReplaced(UploadSession session, Pieces after) {
    session.pieces().tails().stream()
        .filter(tail -> !after.tails().contains(tail))
        .forEach(tail -> blobs.delete(Keys.attemptObject(session.id(), tail.attempt())));
  }

  /** Begins a multipart upload for the session. */
  MultipartId beginParts(UploadSession session) {
    return blobs.createMultipart(Keys.sessionObject(session.id()));
  }

  /** Makes the tails that are large enough parts, without moving their bytes. */
  Pieces bigTailsAsParts(UploadSession session, MultipartId upload) {
    var pieces = new Pieces(session.pieces().parts(), List.of());
    for (var tail : bigTails(session.pieces())) {
      blobs.putPart(upload, tail.attempt(), Keys.attemptObject(session.id(), tail.attempt()));
      pieces = pieces.withPart(tail.attempt());
    }
    return pieces;
  }

  /**
   * Writes the tails that wait, in order, as one object or part; false when one of them is gone,
   * because another request has replaced it.
   */
  boolean copySmallTails(UploadSession session, Staging target) {
    for (var tail : smallTails(session.pieces())) {
      var key = Keys.attemptObject(session.id(), tail.attempt());
      var bytes = blobs.read(key, (int) BlobStore.MIN_PART_BYTES);
      if (bytes.isEmpty()) {
        return false;
      }
      target.write(ByteBuffer.wrap(bytes.get()));
    }
    return true;
  }

  static List<Tail> smallTails(Pieces pieces) {
    return pieces.tails().stream()
        .filter(tail -> tail.sizeBytes() < BlobStore.MIN_PART_BYTES)
        .toList();
  }

  static List<Tail> bigTails(Pieces pieces) {
    return pieces.tails().stream()
        .filter(tail -> tail.sizeBytes() >= BlobStore.MIN_PART_BYTES)
        .toList();
  }
}
