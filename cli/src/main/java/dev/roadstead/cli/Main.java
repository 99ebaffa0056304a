package dev.roadstead.cli;

import dev.roadstead.cli.doctor.DoctorCommand;
import dev.roadstead.client.CredentialStore;
import dev.roadstead.client.DockerConfiguration;
import dev.roadstead.client.ImageName;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.pause.image.ContainerUser;
import dev.roadstead.pause.image.PauseVersion;
import dev.roadstead.pause.image.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line. Exit status: 0 done, 1 not possible, 2 not understood. */
@Command(
    name = "roadstead",
    description = "A registry without servers.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its status. */
  public static void main(String[] arguments) {
    var environment = System.getenv();
    System.exit(commandLine(new DockerConfiguration(environment), environment).execute(arguments));
  }

  /** The commands, with the credentials and the variables that they may use. */
  static CommandLine commandLine(CredentialStore credentials, Map<String, String> environment) {
    var pause =
        new CommandLine(new PauseCommand())
            .addSubcommand(new PauseBuild(credentials))
            .addSubcommand(new PauseInspect(credentials));
    var tag =
        new CommandLine(new TagCommand())
            .addSubcommand(new TagHistoryCommand(environment))
            .addSubcommand(new TagRestoreCommand(environment));
    var repository =
        new CommandLine(new RepositoryCommand())
            .addSubcommand(new RepositoryDeleteCommand(environment))
            .addSubcommand(new RepositoryRenameCommand());
    var roadstead =
        new CommandLine(new Main(), mixins(environment))
            .addSubcommand(pause)
            .addSubcommand(new StatusCommand(environment))
            .addSubcommand(new FsckCommand(environment))
            .addSubcommand(tag)
            .addSubcommand(
                new DoctorCommand(
                    credentials, environment, InstantSource.system(), new SecureRandom()))
            .addSubcommand(GcCommand.of(environment))
            .addSubcommand(trash(environment))
            .addSubcommand(new UndeleteCommand(environment))
            .addSubcommand(repository)
            .addSubcommand(new UserCommand(environment))
            .addSubcommand(new RobotCommand())
            .addSubcommand(new GroupCommand())
            .addSubcommand(new GrantCommand(environment))
            .addSubcommand(new RevokeCommand(environment))
            .addSubcommand(new GrantsCommand(environment))
            .addSubcommand(new AccessCommand())
            .addSubcommand(new ImmutableCommand())
            .addSubcommand(new AuditCommand(environment))
            .addSubcommand(new PullsCommand(environment))
            .addSubcommand(kubernetes(environment));
    roadstead.getCommandSpec().addOption(help());
    return roadstead
        .registerConverter(PauseVersion.class, parsing(PauseVersion::new))
        .registerConverter(Platform.class, parsing(Platform::parse))
        .registerConverter(ContainerUser.class, parsing(ContainerUser::new))
        .registerConverter(TagName.class, parsing(TagName::parse))
        .registerConverter(RepositoryName.class, parsing(RepositoryName::new))
        .registerConverter(ImageName.class, parsing(ImageName::parse))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(oneLine())
        .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
  }

  private static CommandLine trash(Map<String, String> environment) {
    return new CommandLine(new TrashCommand()).addSubcommand(new TrashListCommand(environment));
  }

  private static CommandLine kubernetes(Map<String, String> environment) {
    return new CommandLine(new PullSecret.KubernetesCommand())
        .addSubcommand(new PullSecret(environment));
  }

  /** Commands that are methods have their options made by picocli, which knows no variables. */
  private static IFactory mixins(Map<String, String> environment) {
    var others = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == RegistryOption.class
            ? type.cast(new RegistryOption(environment))
            : others.create(type);
      }
    };
  }

  /** For every command; picocli's own comes with a --version that pause build needs itself. */
  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .scopeType(CommandLine.ScopeType.INHERIT)
        .description("Prints this help.")
        .build();
  }

  /** The value's own words, without the name of an exception around them. */
  private static <T> ITypeConverter<T> parsing(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  private static IParameterExceptionHandler oneLine() {
    return (ParameterException mistake, String[] _) -> {
      var command = mistake.getCommandLine();
      var name = command.getCommandSpec().qualifiedName();
      complain(command.getErr(), mistake.getMessage() + " (see " + name + " --help)");
      return CommandLine.ExitCode.USAGE;
    };
  }

  /** What can go wrong for a user is one line; a defect of ours keeps its stack trace. */
  private static int explain(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof IOException || failure instanceof RegistryException) {
      complain(command.getErr(), String.valueOf(failure.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static void complain(PrintWriter errors, String message) {
    errors.println("roadstead: " + message);
    errors.flush();
  }
}
