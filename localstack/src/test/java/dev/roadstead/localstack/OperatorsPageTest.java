package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.Pages;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OperatorsPageTest {
  @Test
  void showsTheCommandLineThatThereIs() {
    var usage = new CommandLine(new Up()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    var synopsis = usage.lines().takeWhile(line -> !line.startsWith("Runs "));

    assertThat(Pages.read(Pages.ROOT.resolve("docs/operators.md")).lines())
        .containsSequence(synopsis.toList());
  }
}
