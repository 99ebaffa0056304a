package dev.roadstead.cli;

import picocli.CommandLine.Command;

/** {@code roadstead repository}, which does nothing by itself. */
@Command(
    name = "repository",
    description = "Whole repositories.",
    synopsisSubcommandLabel = "COMMAND")
final class RepositoryCommand {}
