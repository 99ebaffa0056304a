package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UploadHashTest {
  private static final int UNDECIDED = (int) UploadHash.UNDECIDED_BYTES;

  private static Optional<String> hexOf(TestBlob blob, HashAlgorithm algorithm) {
    return Optional.of(Digest.of(algorithm, blob.bytes()).hex());
  }

  @Property(tries = 100)
  void anyCuttingGivesTheDigestsThatWereKept(
      @ForAll @Size(max = 10) List<@IntRange(max = 20_000) Integer> sizes) {
    var blob = TestBlob.random(1, sizes.stream().mapToInt(size -> size).sum());
    var hash = UploadHash.start(Optional.empty());
    int at = 0;
    for (int size : sizes) {
      hash.update(ByteBuffer.wrap(blob.slice(at, at + size)));
      hash = UploadHash.resume(hash.save());
      at += size;
    }
    assertThat(hash.hex(HashAlgorithm.SHA256)).isEqualTo(hexOf(blob, HashAlgorithm.SHA256));
    assertThat(hash.hex(HashAlgorithm.SHA512))
        .isEqualTo(
            blob.sizeBytes() <= UNDECIDED ? hexOf(blob, HashAlgorithm.SHA512) : Optional.empty());
  }

  @Test
  void keepsBothDigestsUpToTheLimitAndNotAByteLonger() {
    for (int size : List.of(0, 1, UNDECIDED, UNDECIDED + 1)) {
      var hash = UploadHash.start(Optional.empty());
      hash.update(ByteBuffer.wrap(new byte[size]));
      assertThat(hash.hex(HashAlgorithm.SHA512).isPresent()).isEqualTo(size <= UNDECIDED);
      assertThat(hash.hex(HashAlgorithm.SHA256)).isPresent();
    }
  }

  @Test
  void keepsTheOneThatWasAskedFor() {
    var blob = TestBlob.random(2, 2 * UNDECIDED);
    var hash = UploadHash.start(Optional.of(HashAlgorithm.SHA512));
    hash.update(ByteBuffer.wrap(blob.bytes()));
    assertThat(hash.hex(HashAlgorithm.SHA512)).isEqualTo(hexOf(blob, HashAlgorithm.SHA512));
    assertThat(hash.hex(HashAlgorithm.SHA256)).isEmpty();
  }
}
