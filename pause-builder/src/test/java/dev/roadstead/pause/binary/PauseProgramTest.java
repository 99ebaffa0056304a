package dev.roadstead.pause.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the binaries: on this machine's processor where it is the one, else under qemu-user. */
class PauseProgramTest {
  private static final int ORPHANS = 5;
  private static final String WARNING = "Warning: pause should be the first process\n";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void printsItsVersion(Architecture architecture) throws Exception {
    assertThat(output(architecture, "-v")).isEqualTo("pause v3.10.2\n");
  }

  @ParameterizedTest
  @EnumSource
  void findsTheVersionArgumentAmongOthersInEitherCase(Architecture architecture) throws Exception {
    assertThat(output(architecture, "", "-", "v", "-vv", "--v", "-V")).isEqualTo("pause v3.10.2\n");
  }

  @ParameterizedTest
  @EnumSource
  void endsWithZeroOnTerm(Architecture architecture) throws Exception {
    try (var pause = Pause.startFirst(architecture, folder)) {
      Processes.signal("TERM", pause.pid());

      assertThat(pause.exitStatus()).isZero();
      assertThat(pause.standardError()).isEqualTo("Shutting down, got signal: Terminated\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsWithZeroOnInt(Architecture architecture) throws Exception {
    try (var pause = Pause.startFirst(architecture, folder)) {
      Processes.signal("INT", pause.pid());

      assertThat(pause.exitStatus()).isZero();
      assertThat(pause.standardError()).isEqualTo("Shutting down, got signal: Interrupt\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void warnsAndGoesOnWhenItIsNotTheFirstProcess(Architecture architecture) throws Exception {
    try (var pause = Pause.start(architecture, folder)) {
      assertThat(pause.standardError()).isEqualTo(WARNING);

      Processes.signal("TERM", pause.pid());
      assertThat(pause.exitStatus()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reapsOrphansAsTheFirstProcess(Architecture architecture) throws Exception {
    try (var pause = Pause.startFirst(architecture, folder)) {
      pause.makeOrphans(ORPHANS);

      Processes.await("all orphans are reaped", () -> Processes.childrenOf(pause.pid()).isEmpty());
    }
  }

  /** The test above would pass for any program if orphans went away by themselves. */
  @Test
  void anotherFirstProcessLeavesOrphansUnreaped() throws Exception {
    try (var sleep = Pause.startFirst(List.of("sleep", "1000"), folder)) {
      sleep.makeOrphans(ORPHANS);

      Processes.await(
          "all orphans have ended",
          () ->
              Processes.childrenOf(sleep.pid()).stream()
                      .filter(child -> child.state() == 'Z')
                      .count()
                  == ORPHANS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWaitingAfterStopAndContinue(Architecture architecture) throws Exception {
    try (var pause = Pause.start(architecture, folder)) {
      Processes.signal("STOP", pause.pid());
      Processes.await(
          "it is stopped", () -> Processes.statusLine(pause.pid(), "State").startsWith("T"));
      Processes.signal("CONT", pause.pid());
      Processes.await("it waits again", () -> Processes.waitsForSignals(pause.pid()));

      Processes.signal("TERM", pause.pid());
      assertThat(pause.exitStatus()).isZero();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  void hasNoWritableMemoryButTheStackTheKernelGivesIt() throws Exception {
    try (var pause = Pause.start(Architecture.AMD64, folder)) {
      var maps = Files.readAllLines(Path.of("/proc/" + pause.pid() + "/maps"));

      assertThat(maps).filteredOn(line -> line.contains("pause-")).hasSize(1);
      assertThat(maps)
          .filteredOn(line -> line.split(" +", -1)[1].contains("w"))
          .singleElement()
          .asString()
          .endsWith("[stack]");
    }
  }

  private String output(Architecture architecture, String... arguments) throws Exception {
    var command = new ArrayList<>(Pause.command(architecture, folder));
    command.addAll(List.of(arguments));
    return Pause.output(command);
  }
}
