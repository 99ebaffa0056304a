package dev.roadstead.cli;

import picocli.CommandLine.Command;

/** {@code roadstead trash}, which does nothing by itself. */
@Command(
    name = "trash",
    description = "What was deleted and can come back.",
    synopsisSubcommandLabel = "COMMAND")
final class TrashCommand {}
