package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be together on one command line. */
class UpOptionsTest {
  private static final String STORES =
      " --backend aws --s3-endpoint http://127.0.0.1:1 --dynamodb-endpoint http://127.0.0.1:1";

  @TempDir private Path folder;

  @ParameterizedTest
  @Timeout(20) // a registry that starts all the same never returns
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --relay wake                             | --relay wake takes --backend aws
          --wake-delay 5s                          | --wake-delay is for --relay wake alone
          --relay none --direct-put refuse         | no blob of more than 4500000 bytes could be pushed
          --relay wake --functions processes STORES | --functions processes and --relay wake cannot be together
          """)
  void refusesWithOneSentence(String options, String sentence) {
    var arguments = new ArrayList<>(List.of(options.replace(" STORES", STORES).split(" ")));
    arguments.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
    var said = new StringWriter();

    int exitCode =
        Up.command().setErr(new PrintWriter(said)).execute(arguments.toArray(String[]::new));

    assertThat(exitCode).isEqualTo(2);
    assertThat(said.toString().strip().lines())
        .singleElement()
        .asString()
        .startsWith("roadstead: ")
        .contains(sentence);
    assertThat(folder.resolve("data")).doesNotExist();
  }
}
