package dev.roadstead.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ShellCheck's rules, on every script of ours and what it reads in. */
class ScriptsTest {
  private static final String FIRST_LINE = "#!/usr/bin/env bash";

  @Test
  void shellCheckFindsNothing() {
    var scripts = Pages.files("").stream().filter(ScriptsTest::isScript).toList();

    assertThat(scripts).contains(Path.of("roadstead"), Path.of("infra-cdk/prove"));
    assertThat(findings(Pages.ROOT, scripts)).isEmpty();
  }

  @Test
  void shellCheckFindsAWordThatIsNotQuoted(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("careless"), FIRST_LINE + "\nrm -r $1\n");

    assertThat(findings(folder, List.of(Path.of("careless")))).contains("SC2086");
  }

  private static boolean isScript(Path file) {
    try (var in =
        new BufferedReader(
            Files.newBufferedReader(Pages.ROOT.resolve(file), StandardCharsets.ISO_8859_1))) {
      return FIRST_LINE.equals(in.readLine());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String findings(Path folder, List<Path> scripts) {
    var command = new ArrayList<>(List.of("shellcheck", "--external-sources", "--format=gcc"));
    scripts.forEach(script -> command.add(script.toString()));
    try {
      var check =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      return new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      assumeTrue(false, "shellcheck is not installed (localstack/tools/install says why)");
      throw new AssertionError(absent);
    }
  }
}
