package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ResumableHashPropertyTest {
  /** How a caller may hand over a piece. */
  enum Carrier {
    ARRAY,
    HEAP_BUFFER,
    DIRECT_BUFFER,
    READ_ONLY_BUFFER
  }

  /** One request's part of the message, and the engine of the process that takes it. */
  record Piece(int length, long seed, EngineKind engine, Carrier carrier) {
    byte[] bytes() {
      byte[] bytes = new byte[length];
      new Random(seed).nextBytes(bytes);
      return bytes;
    }
  }

  @Property
  void anyCuttingWithAResumeAtEveryCutGivesTheDigestOfTheWhole(
      @ForAll HashAlgorithm algorithm, @ForAll("pieces") List<Piece> pieces) throws Exception {
    MessageDigest whole = wholeDigest(algorithm);
    byte[] saved = ResumableHash.start(algorithm).save();
    long countBytes = 0;
    for (Piece piece : pieces) {
      ResumableHash hash = ResumableHash.on(piece.engine(), SavedState.parse(saved));
      give(hash, piece);
      whole.update(piece.bytes());
      countBytes += piece.length();
      assertThat(hash.countBytes()).isEqualTo(countBytes);
      assertThat(hash.hex()).isEqualTo(hexSoFar(whole));
      saved = hash.save();
    }
    assertThat(ResumableHash.resume(saved).hex()).isEqualTo(hexSoFar(whole));
  }

  @Property
  void anyCuttingWithoutAResumeGivesTheDigestOfTheWhole(
      @ForAll HashAlgorithm algorithm,
      @ForAll EngineKind engine,
      @ForAll("pieces") List<Piece> pieces)
      throws Exception {
    MessageDigest whole = wholeDigest(algorithm);
    ResumableHash hash = ResumableHash.on(engine, SavedState.initial(algorithm));
    for (Piece piece : pieces) {
      give(hash, piece);
      whole.update(piece.bytes());
    }
    assertThat(hash.hex()).isEqualTo(hexSoFar(whole));
  }

  @Property
  void theEnginesWriteTheSameBytesFromAnyState(
      @ForAll HashAlgorithm algorithm,
      @ForAll @Size(64) byte[] words,
      @ForAll @LongRange(min = 0, max = SavedState.MAX_COUNT_BYTES - 300) long countBytes,
      @ForAll @Size(max = 300) byte[] more) {
    ByteBuffer pending = ByteBuffer.allocate((int) (countBytes % algorithm.blockBytes()));
    SavedState state =
        new SavedState(
            algorithm, countBytes, ByteBuffer.wrap(words, 0, algorithm.stateBytes()), pending);
    ResumableHash jdk = ResumableHash.on(EngineKind.JDK, state).update(more, 0, more.length);
    ResumableHash portable =
        ResumableHash.on(EngineKind.PORTABLE, state).update(more, 0, more.length);
    assertThat(jdk.save()).isEqualTo(portable.save());
    assertThat(jdk.hex()).isEqualTo(portable.hex());
  }

  @Provide
  Arbitrary<List<Piece>> pieces() {
    Arbitrary<Integer> length =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 300),
            Arbitraries.of(55, 56, 63, 64, 65, 111, 112, 127, 128, 129),
            Arbitraries.integers().between(8_000, 20_000));
    return Combinators.combine(
            length,
            Arbitraries.longs(),
            Arbitraries.of(EngineKind.class),
            Arbitraries.of(Carrier.class))
        .as(Piece::new)
        .list()
        .ofMaxSize(12);
  }

  /** Every carrier holds more than the piece, on both sides, so a wrong range shows. */
  private static void give(ResumableHash hash, Piece piece) {
    int length = piece.length();
    ByteBuffer room =
        piece.carrier() == Carrier.DIRECT_BUFFER
            ? ByteBuffer.allocateDirect(length + 9)
            : ByteBuffer.allocate(length + 9);
    room.put(4, piece.bytes()).position(4).limit(4 + length);
    switch (piece.carrier()) {
      case ARRAY -> hash.update(room.array(), 4, length);
      case HEAP_BUFFER, DIRECT_BUFFER -> giveAndExpectConsumed(hash, room);
      case READ_ONLY_BUFFER -> giveAndExpectConsumed(hash, room.slice().asReadOnlyBuffer());
    }
  }

  private static void giveAndExpectConsumed(ResumableHash hash, ByteBuffer bytes) {
    int limit = bytes.limit();
    hash.update(bytes);
    assertThat(bytes.position()).isEqualTo(limit);
    assertThat(bytes.limit()).isEqualTo(limit);
  }

  private static MessageDigest wholeDigest(HashAlgorithm algorithm)
      throws NoSuchAlgorithmException {
    return MessageDigest.getInstance(algorithm.jdkName());
  }

  private static String hexSoFar(MessageDigest whole) throws CloneNotSupportedException {
    return HexFormat.of().formatHex(((MessageDigest) whole.clone()).digest());
  }
}
