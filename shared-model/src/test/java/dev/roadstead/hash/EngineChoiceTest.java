package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  /** Prints the engine of its JVM and the digests of a thousand zero bytes, resumed once. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      System.out.println(ResumableHash.engine());
      for (HashAlgorithm algorithm : HashAlgorithm.values()) {
        byte[] saved = ResumableHash.start(algorithm).update(new byte[1000], 0, 700).save();
        System.out.println(ResumableHash.resume(saved).update(new byte[1000], 0, 300).hex());
      }
    }
  }

  @Test
  void ourBuildUsesTheJdkEngine() {
    assertThat(ResumableHash.engine()).isEqualTo("jdk");
  }

  @Test
  void aJvmThatOpensItsSha2UsesIt() throws Exception {
    assertThat(ChildJvm.run(Probe.class, ChildJvm.withShaOpened())).isEqualTo(expected("jdk"));
  }

  @Test
  void aJvmThatDoesNotIsSlowerAndAsRight() throws Exception {
    assertThat(ChildJvm.run(Probe.class, List.of())).isEqualTo(expected("portable"));
    assertThat(ChildJvm.run(Probe.class, List.of(ChildJvm.OPEN_SECURITY)))
        .isEqualTo(expected("portable"));
    assertThat(ChildJvm.run(Probe.class, List.of(ChildJvm.OPEN_PROVIDER)))
        .isEqualTo(expected("portable"));
  }

  /** The digests of a thousand zero bytes. */
  private static List<String> expected(String engine) {
    return List.of(
        engine,
        "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53",
        "ca3dff61bb23477aa6087b27508264a6f9126ee3a004f53cb8db942ed345f2f2"
            + "d229b4b59c859220a1cf1913f34248e3803bab650e849a3d9a709edc09ae4a76");
  }
}
