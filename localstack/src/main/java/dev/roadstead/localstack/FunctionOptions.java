package dev.roadstead.localstack;

import dev.roadstead.localstack.runtime.FunctionPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option of {@code roadstead up} that says where functions run. */
final class FunctionOptions {
  /** Where the launcher says that the package is: the folder that its build writes to. */
  private static final String PACKAGE = "roadstead.functions";

  @Option(
      names = "--functions",
      paramLabel = "in-process|processes",
      defaultValue = "in-process",
      description =
          "where functions run: in the gateway; or as processes of their own, packaged and under"
              + " AWS's runtime client, which takes --backend aws (default: ${DEFAULT-VALUE})")
  private Mode mode = Mode.IN_PROCESS;

  /** What {@code --functions} takes. */
  enum Mode {
    IN_PROCESS,
    PROCESSES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The registry with its functions where they are asked for. */
  LocalOptions applied(LocalOptions options, CommandLine command) {
    return switch (mode) {
      case IN_PROCESS -> options;
      case PROCESSES -> {
        if (!(options.backend() instanceof Backend.Aws)) {
          throw new ParameterException(
              command, "--functions processes takes --backend aws: processes share no data folder");
        }
        if (options.relay() instanceof RelayMode.Wake) {
          throw new ParameterException(
              command,
              "--functions processes and --relay wake cannot be together: a function that is a"
                  + " process starts a machine of EC2, and there is none here");
        }
        yield options.with(packaged(command));
      }
    };
  }

  private static FunctionPackage packaged(CommandLine command) {
    try {
      return FunctionPackage.in(Path.of(System.getProperty(PACKAGE, "")));
    } catch (IOException missing) {
      throw new ParameterException(
          command, "the functions are not packaged; run ./roadstead up, which does it", missing);
    }
  }
}
