package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's compiled SHA-2 keeps its fields differently from the interpreted one. */
class CompiledEngineTest {
  /** Some thousand calls are enough for the just-in-time compiler to take the SHA-2 code over. */
  private static final int CALLS = 50_000;

  private static final int MESSAGES = 8_000;
  private static final int LONGEST_BLOCKS = 6;

  /** Compares states saved by the JDK's object with the portable ones while the code gets hot. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      Random random = new Random(1);
      for (HashAlgorithm algorithm : HashAlgorithm.values()) {
        int wrong = 0;
        for (int i = 0; i < MESSAGES; i++) {
          wrong += agreesOnOneMessage(algorithm, random) ? 0 : 1;
        }
        System.out.println(algorithm.label() + " states that differ: " + wrong);
      }
    }

    /** Two ranges, each ending on a block boundary half of the time, a resume between them. */
    private static boolean agreesOnOneMessage(HashAlgorithm algorithm, Random random) {
      SavedState start = SavedState.initial(algorithm);
      ResumableHash jdk = ResumableHash.on(EngineKind.JDK, start);
      ResumableHash portable = ResumableHash.on(EngineKind.PORTABLE, start);
      boolean agrees = true;
      for (int range = 0; range < 2; range++) {
        int length = random.nextInt(LONGEST_BLOCKS) * algorithm.blockBytes();
        if (random.nextBoolean()) {
          length += random.nextInt(algorithm.blockBytes());
        }
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        String jdkHex = jdk.update(bytes, 0, length).hex();
        byte[] saved = jdk.save();
        byte[] expected = portable.update(bytes, 0, length).save();
        agrees &= Arrays.equals(saved, expected) && jdkHex.equals(portable.hex());
        jdk = ResumableHash.on(EngineKind.JDK, SavedState.parse(expected));
      }
      return agrees;
    }
  }

  /** {@code -Xbatch} waits for each compilation, so the hot code runs however busy the machine. */
  @Test
  void statesSavedByHotCodeAreThoseOfTheStandard() throws Exception {
    assertThat(
            ChildJvm.run(Probe.class, ChildJvm.withShaOpened("-Xbatch", "-XX:-TieredCompilation")))
        .isEqualTo(List.of("sha256 states that differ: 0", "sha512 states that differ: 0"));
  }

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
