package dev.roadstead.cli;

import picocli.CommandLine.Command;

/** {@code roadstead tag}, which does nothing by itself. */
@Command(
    name = "tag",
    description = "Where a tag has pointed, and back to it.",
    synopsisSubcommandLabel = "COMMAND")
final class TagCommand {}
