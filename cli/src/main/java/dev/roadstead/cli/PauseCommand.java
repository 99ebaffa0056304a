package dev.roadstead.cli;

import picocli.CommandLine.Command;

/** {@code roadstead pause}, which does nothing by itself. */
@Command(
    name = "pause",
    description = "The Kubernetes pause image: build one, look at one.",
    synopsisSubcommandLabel = "COMMAND")
final class PauseCommand {}
