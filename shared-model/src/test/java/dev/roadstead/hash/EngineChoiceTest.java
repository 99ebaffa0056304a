package dev.roadstead.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  private static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.provider=ALL-UNNAMED");

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
    assertThat(probe(OPENED)).isEqualTo(expected("jdk"));
  }

  @Test
  void aJvmThatDoesNotIsSlowerAndAsRight() throws Exception {
    assertThat(probe(List.of())).isEqualTo(expected("portable"));
    assertThat(probe(OPENED.subList(0, 1))).isEqualTo(expected("portable"));
    assertThat(probe(OPENED.subList(1, 2))).isEqualTo(expected("portable"));
  }

  /** The digests of a thousand zero bytes. */
  private static List<String> expected(String engine) {
    return List.of(
        engine,
        "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53",
        "ca3dff61bb23477aa6087b27508264a6f9126ee3a004f53cb8db942ed345f2f2"
            + "d229b4b59c859220a1cf1913f34248e3803bab650e849a3d9a709edc09ae4a76");
  }

  private static List<String> probe(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(folder(ResumableHash.class) + File.pathSeparator + folder(Probe.class));
    command.add(Probe.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static Path folder(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
