package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledEngineTest {
  /** Some thousand calls are enough for the just-in-time compiler to take the SHA-2 code over. */
  private static final int CALLS = 50_000;

  @ParameterizedTest
  @EnumSource
  void savesTheSameStateBeforeAndAfterItsCodeIsCompiled(HashAlgorithm algorithm) {
    var message = new byte[3 * algorithm.blockBytes()];
    var portable = EngineKind.PORTABLE.resume(SavedState.initial(algorithm));
    portable.update(message, 0, message.length);
    var expected = portable.save().toBytes();

    for (int call = 0; call < CALLS; call++) {
      var engine = EngineKind.JDK.resume(SavedState.initial(algorithm));
      engine.update(message, 0, message.length);
      assertThat(engine.save().toBytes()).as("call %d", call).isEqualTo(expected);
    }
  }
}
