package dev.roadstead.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What describes a right, to give it and to take it back. */
final class GrantOptions {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A user, a robot or a group; none with --anonymous.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--anonymous", description = "Whoever shows no account.")
  private boolean anonymous;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "reader, writer, maintainer or admin.")
  String role = "";

  @Option(
      names = "--repository",
      paramLabel = "GLOB",
      required = true,
      description = "For which repositories; * stands for anything, slashes too.")
  String repository = "";

  @Option(names = "--tag", paramLabel = "GLOB", description = "For which tags. [*]")
  Optional<String> tag = Optional.empty();

  @Option(names = "--from", paramLabel = "CIDR", description = "Only from this network.")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--deny",
      description = "A denial: takes away what the role adds, and everything above it.")
  boolean deny;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create(); // picocli puts the real one here

  /** Whom it is about. */
  String holder() {
    if (anonymous == name.isPresent()) {
      throw new ParameterException(
          command.commandLine(), "say a name or --anonymous, and not both");
    }
    return name.orElse("anonymous");
  }
}
