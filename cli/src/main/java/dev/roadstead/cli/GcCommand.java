package dev.roadstead.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code roadstead gc}: the collector, looked at and told. */
@Command(
    name = "gc",
    description = "The collector, which gives back the space of what nothing needs.",
    synopsisSubcommandLabel = "COMMAND")
final class GcCommand {
  private GcCommand() {}

  /** With its commands. */
  static CommandLine of(Map<String, String> environment) {
    return new CommandLine(new GcCommand())
        .addSubcommand(new GcRun(environment))
        .addSubcommand(new GcDryRun(environment))
        .addSubcommand(new GcStatus(environment))
        .addSubcommand(new GcAcknowledge(environment));
  }
}
