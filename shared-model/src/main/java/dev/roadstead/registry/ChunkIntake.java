package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.PieceStore.OpenPiece;
import dev.roadstead.registry.UploadSession.Accepted;
import dev.roadstead.registry.UploadSession.State;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes chunks in. Each piece is three steps: reserve a number (nobody else ever has it), store the
 * bytes under it, record them on condition that nothing was accepted meanwhile. Of two racing
 * chunks one is recorded and the other is told where the upload stands. A crash after the first or
 * the second step leaves an object that the session's numbers cover, for the trash.
 */
final class ChunkIntake {
  /** How much of a stream is stored and recorded at a time: what a crash of the relay costs. */
  static final long PIECE_BYTES = 64L * 1024 * 1024;

  /** How many pieces one session may try to store: the last part's number is kept free. */
  static final int MAX_ATTEMPTS = PieceStore.LAST_PART - 1;

  private static final int BUFFER_BYTES = 128 * 1024;

  private final Environment environment;
  private final PieceStore pieces;

  ChunkIntake(Environment environment, PieceStore pieces) {
    this.environment = environment;
    this.pieces = pieces;
  }

  /** What came of the bytes. */
  sealed interface Intake {
    /**
     * All bytes were read, and all pieces but the last are recorded.
     *
     * @param session as it is in the store
     * @param last what the last piece makes of it; stored, not recorded
     */
    record Taken(UploadSession session, Accepted last) implements Intake {}

    /** The rest was not taken. */
    record NotTaken(AppendResult reason) implements Intake {}
  }

  /** One chunk on its way into one session. */
  private final class Passage {
    private final RepositoryName repository;
    private final SessionId id;
    private final Optional<HashAlgorithm> algorithm;
    private final Chunk chunk;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long takenBytes;
    private boolean ended;

    Passage(
        RepositoryName repository, SessionId id, Optional<HashAlgorithm> algorithm, Chunk chunk) {
      this.repository = repository;
      this.id = id;
      this.algorithm = algorithm;
      this.chunk = chunk;
    }

    Intake run() {
      var standsAt = chunk.from();
      while (true) {
        var reserved = reserve(repository, id, UploadSession.standsAt(standsAt));
        if (reserved.isEmpty()) {
          return new Intake.NotTaken(whyNot(repository, id));
        }
        var session = reserved.get();
        if (session.attempts() > MAX_ATTEMPTS) {
          return new Intake.NotTaken(new AppendResult.TooManyChunks(MAX_ATTEMPTS));
        }
        var piece = piece(session);
        if (hasWrongLength()) {
          return new Intake.NotTaken(
              new AppendResult.WrongLength(chunk.lengthBytes().orElse(0), takenBytes));
        }
        if (ended && piece.isPresent()) {
          return piece.get();
        }
        if (piece.filter(p -> record(p.session(), p.last())).isEmpty()) {
          return new Intake.NotTaken(whyNot(repository, id));
        }
        standsAt = OptionalLong.of(piece.get().last().offsetBytes());
      }
    }

    /** Stores a piece; empty when the session was changed meanwhile. */
    private Optional<Intake.Taken> piece(UploadSession session) {
      var open = pieces.open(session, remaining());
      return open.isEmpty() ? Optional.empty() : readAndStore(session, open.get());
    }

    private Optional<Intake.Taken> readAndStore(UploadSession session, OpenPiece piece) {
      var hash = hash(session);
      try (piece) {
        long before = takenBytes;
        while (!ended && takenBytes - before < PIECE_BYTES) {
          fill(before + PIECE_BYTES - takenBytes);
          hash.update(buffer);
          piece.staging().write(buffer);
        }
        if (takenBytes == before || hasWrongLength()) {
          return Optional.of(new Intake.Taken(session, unchanged(session, hash)));
        }
        long offsetBytes = session.offsetBytes() + takenBytes - before;
        if (!PieceStore.isPart(session, piece, ended)) {
          var stored = pieces.storeAsObject(session, piece);
          return Optional.of(
              new Intake.Taken(session, new Accepted(offsetBytes, hash.save(), stored)));
        }
        return withParts(session)
            .map(now -> new Intake.Taken(now, storeAsPart(now, piece, offsetBytes, hash)));
      }
    }

    private Accepted storeAsPart(
        UploadSession session, OpenPiece piece, long offsetBytes, UploadHash hash) {
      var upload = session.multipartId().orElseThrow();
      return new Accepted(offsetBytes, hash.save(), pieces.storeAsPart(session, piece, upload));
    }

    private boolean hasWrongLength() {
      long announced = chunk.lengthBytes().orElse(takenBytes);
      return announced < takenBytes || (ended && announced > takenBytes);
    }

    private OptionalLong remaining() {
      var length = chunk.lengthBytes();
      return length.isPresent() ? OptionalLong.of(length.getAsLong() - takenBytes) : length;
    }

    /** As long as nothing was hashed, the algorithm can still be chosen. */
    private UploadHash hash(UploadSession session) {
      return session.offsetBytes() == 0 && algorithm.isPresent()
          ? UploadHash.start(algorithm)
          : session.hash();
    }

    /** Fills the buffer as far as bytes and the piece go, so that stores get few large writes. */
    private void fill(long atMostBytes) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, atMostBytes));
      while (buffer.hasRemaining() && !ended) {
        ended = read(chunk.bytes(), buffer) < 0;
      }
      buffer.flip();
      takenBytes += buffer.remaining();
      // Look ahead, so that bytes that end exactly with this piece make it the last one.
      if (!ended && remaining().orElse(1) == 0) {
        int more = read(chunk.bytes(), ByteBuffer.allocate(1));
        ended = more < 0;
        takenBytes += Math.max(more, 0);
      }
    }
  }

  /**
   * Reads, hashes and stores a chunk; the last piece is left for the caller to record.
   *
   * @param algorithm what to hash with, if that is known and nothing was hashed yet
   */
  Intake take(
      RepositoryName repository, SessionId id, Optional<HashAlgorithm> algorithm, Chunk chunk) {
    return new Passage(repository, id, algorithm, chunk).run();
  }

  /**
   * Reserves the next number; empty, and nothing is written, when the session takes no more chunks
   * or is not as expected.
   */
  Optional<UploadSession> reserve(RepositoryName repository, SessionId id, Condition expected) {
    var takesChunks =
        Condition.any(
            Condition.is(UploadSession.STATE, State.FRESH.name()),
            Condition.is(UploadSession.STATE, State.CHUNKED.name()));
    var changes =
        List.of(
            Change.put(UploadSession.STATE, State.CHUNKED.name()),
            Change.add(UploadSession.ATTEMPTS, 1));
    var condition = Condition.all(takesChunks, expected);
    var write = new Write.Update(Keys.session(repository, id), changes, condition);
    return switch (environment.metadata().write(write)) {
      case Outcome.Done(var after) -> after.map(item -> UploadSession.of(repository, item));
      case Outcome.Refused refused -> Optional.empty();
    };
  }

  /**
   * A session with a multipart upload, begun now if it has none; empty when it was changed
   * meanwhile. It is in the record before the first part is stored: a crash in between leaves an
   * upload without parts, and bytes are never where nobody would find them.
   */
  private Optional<UploadSession> withParts(UploadSession session) {
    if (session.multipart().isPresent()) {
      return Optional.of(session);
    }
    var upload = pieces.beginParts(session);
    var write = new Write.Update(session.key(), session.beginParts(upload), session.unchanged());
    return switch (environment.metadata().write(write)) {
      case Outcome.Done done -> Optional.of(session.withParts(upload));
      case Outcome.Refused refused -> {
        environment.blobs().abortMultipart(upload);
        yield Optional.empty();
      }
    };
  }

  /** Records a piece; false when something else was accepted meanwhile. */
  boolean record(UploadSession session, Accepted accepted) {
    long expiresAt = environment.inSeconds(environment.settings().sessionLife());
    var write =
        new Write.Update(session.key(), session.accept(accepted, expiresAt), session.unchanged());
    return switch (environment.metadata().write(write)) {
      case Outcome.Done done -> {
        pieces.dropReplaced(session, accepted.pieces());
        yield true;
      }
      case Outcome.Refused refused -> false;
    };
  }

  /** Why a chunk was not taken, as the session stands now. */
  AppendResult whyNot(RepositoryName repository, SessionId id) {
    return environment
        .metadata()
        .get(Keys.session(repository, id), Consistency.STRONG)
        .map(item -> UploadSession.of(repository, item))
        .<AppendResult>map(
            session ->
                switch (session.state()) {
                  case FRESH, CHUNKED -> new AppendResult.OutOfOrder(session.offsetBytes());
                  case COMMITTING -> new AppendResult.Closing();
                })
        .orElseGet(AppendResult.Unknown::new);
  }

  private static Accepted unchanged(UploadSession session, UploadHash hash) {
    return new Accepted(session.offsetBytes(), hash.save(), session.pieces());
  }

  private static int read(ReadableByteChannel bytes, ByteBuffer buffer) {
    try {
      return bytes.read(buffer);
    } catch (IOException broken) {
      throw new UncheckedIOException("the body ended early", broken);
    }
  }
}
