package dev.roadstead.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumableHashTest {
  private static final byte[] LAYER =
      "a layer, longer than one block. ".repeat(9).getBytes(US_ASCII);

  @ParameterizedTest
  @EnumSource
  void askingForTheDigestDoesNotDisturbTheComputation(EngineKind kind) {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      ResumableHash asked = ResumableHash.on(kind, SavedState.initial(algorithm));
      ResumableHash left = ResumableHash.on(kind, SavedState.initial(algorithm));
      for (byte each : LAYER) {
        String once = asked.update(new byte[] {each}, 0, 1).hex();
        assertThat(asked.hex()).isEqualTo(once);
        left.update(new byte[] {each}, 0, 1);
      }
      assertThat(asked.hex()).isEqualTo(left.hex());
      assertThat(asked.save()).isEqualTo(left.save());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSavedStateIsACopy(EngineKind kind) {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      ResumableHash hash = ResumableHash.on(kind, SavedState.initial(algorithm));
      byte[] saved = hash.update(LAYER, 0, 150).save();
      String atTheSave = hash.hex();
      String afterIt = hash.update(LAYER, 150, 100).hex();

      ResumableHash resumed = ResumableHash.on(kind, SavedState.parse(saved));
      saved[saved.length - 1]++;
      assertThat(resumed.hex()).isEqualTo(atTheSave);
      assertThat(resumed.update(LAYER, 150, 100).hex()).isEqualTo(afterIt);
    }
  }

  @ParameterizedTest
  @EnumSource
  void remembersAlgorithmAndCountOverAResume(HashAlgorithm algorithm) {
    ResumableHash hash = ResumableHash.start(algorithm).update(LAYER, 3, 200);
    assertThat(hash.countBytes()).isEqualTo(200);

    ResumableHash resumed = ResumableHash.resume(hash.save());
    assertThat(resumed.algorithm()).isEqualTo(algorithm);
    assertThat(resumed.countBytes()).isEqualTo(200);
    assertThat(resumed.update(ByteBuffer.wrap(LAYER)).countBytes()).isEqualTo(200 + LAYER.length);
  }

  @Test
  void refusesARangeOutsideTheArrayAndTakesNothing() {
    ResumableHash hash = ResumableHash.start(HashAlgorithm.SHA256).update(LAYER, 0, 70);
    byte[] before = hash.save();
    assertThatThrownBy(() -> hash.update(LAYER, LAYER.length - 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> hash.update(LAYER, 0, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(hash.save()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void refusesToGrowPastTheLongestMessage(HashAlgorithm algorithm) {
    long countBytes = SavedState.MAX_COUNT_BYTES - 10;
    SavedState nearlyFull =
        new SavedState(
            algorithm,
            countBytes,
            ByteBuffer.allocate(algorithm.stateBytes()),
            ByteBuffer.allocate((int) (countBytes % algorithm.blockBytes())));
    ResumableHash hash = ResumableHash.resume(nearlyFull.toBytes());
    assertThatThrownBy(() -> hash.update(LAYER, 0, 11)).isInstanceOf(IllegalStateException.class);
    assertThat(hash.update(LAYER, 0, 10).countBytes()).isEqualTo(SavedState.MAX_COUNT_BYTES);
  }
}
