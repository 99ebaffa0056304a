package dev.roadstead.infra;

import dev.roadstead.infra.function.FunctionPackage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code roadstead synth}; {@code cdk deploy} calls it too. */
@Command(
    name = "roadstead synth",
    sortOptions = false,
    mixinStandardHelpOptions = false,
    description = "Writes the templates and packages of an installation on AWS; asks no account.")
public final class Synth implements Runnable {
  /** Where the CDK's command line wants the result. */
  private static final String CDK_FOLDER = "CDK_OUTDIR";

  /** What was given to the CDK's command line as context, as JSON. */
  private static final String CDK_CONTEXT = "CDK_CONTEXT_JSON";

  /** Marks what the CDK says to itself, in names of contexts. */
  private static final String CDK_MARKS = "[:/@].*|.*[:/@].*|aws.*";

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where the assembly goes; cdk-out when nobody says.")
  private Path output = Path.of("cdk-out");

  @Option(
      names = "--set",
      paramLabel = "SWITCH=VALUE",
      description = "Another value than in infra-cdk/cdk.json; may be repeated.")
  private Map<String, String> set = Map.of();

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  Synth(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
    if (environment.containsKey(CDK_FOLDER)) {
      output = Path.of(environment.getOrDefault(CDK_FOLDER, ""));
    }
  }

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv(), System.out).execute(arguments));
  }

  /** What is wrong is said in one line. */
  static CommandLine commandLine(Map<String, String> environment, PrintStream out) {
    return new CommandLine(new Synth(environment, out))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("roadstead: " + failure.getMessage());
              return 1;
            });
  }

  @Override
  public void run() {
    var root = Path.of(System.getProperty("roadstead.root", ""));
    var switches = new TreeMap<>(context(root.resolve("infra-cdk/cdk.json")));
    switches.putAll(set);
    var functions = FunctionPackage.at(root.resolve("functions/lambda/target/functions.zip"));
    var relay = root.resolve("relay/target/relay.zip");

    Installation.of(Switches.of(switches), functions, relay, output).app().synth();
    out.println("Wrote the assembly to " + output);
  }

  private Map<String, String> context(Path file) {
    try {
      var context = new TreeMap<>(switches(JSON.readTree(Files.readString(file)).path("context")));
      context.putAll(switches(JSON.readTree(environment.getOrDefault(CDK_CONTEXT, "{}"))));
      return context;
    } catch (IOException unreadable) {
      throw new IllegalStateException("cannot read " + file, unreadable);
    }
  }

  private static Map<String, String> switches(JsonNode context) {
    var switches = new TreeMap<String, String>();
    context
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().matches(CDK_MARKS)) {
                switches.put(entry.getKey(), entry.getValue().asString());
              }
            });
    return switches;
  }
}
