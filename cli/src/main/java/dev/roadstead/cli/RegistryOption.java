package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.Credentials;
import dev.roadstead.client.HttpAdminTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** For commands that administer a registry: which one, and in what form they print. */
final class RegistryOption {
  private static final String DEFAULT_DATA = "roadstead-data";

  private final Map<String, String> environment;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The registry on this machine that keeps its data in this folder, running or not."
              + " ["
              + DEFAULT_DATA
              + "]")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Another registry, https://registry.example, as the user ROADSTEAD_USER with"
              + " ROADSTEAD_PASSWORD.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "In what form the answer is printed. [text]")
  private Form form = Form.TEXT;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create(); // picocli puts the real one here

  /** The forms of an answer. */
  enum Form {
    TEXT,
    JSON
  }

  /** With the process's variables. */
  RegistryOption(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Something that is asked of a registry. */
  @FunctionalInterface
  interface Request {
    /** Asks it. */
    JsonNode of(AdminClient registry) throws IOException;
  }

  /** Asks, and prints the answer as it is, or these lines made of it. */
  int run(Request request, Function<JsonNode, String> lines) throws IOException {
    try (var registry = open()) {
      var answer = request.of(registry);
      var out = command.commandLine().getOut();
      out.println(
          switch (form) {
            case JSON -> answer.toPrettyString();
            case TEXT -> lines.apply(answer).stripTrailing();
          });
      out.flush();
    }
    return 0;
  }

  private AdminClient open() throws IOException {
    if (url.isPresent() && data.isPresent()) {
      throw new ParameterException(command.commandLine(), "give --data or --url, not both");
    }
    return url.isPresent() ? remote(url.get()) : LocalDoor.open(data.orElse(Path.of(DEFAULT_DATA)));
  }

  private AdminClient remote(URI registry) throws IOException {
    var user = environment.getOrDefault("ROADSTEAD_USER", "");
    var password = environment.getOrDefault("ROADSTEAD_PASSWORD", "");
    if (user.isEmpty() || password.isEmpty()) {
      throw new IOException("--url takes an account: set ROADSTEAD_USER and ROADSTEAD_PASSWORD");
    }
    try {
      return new AdminClient(
          HttpAdminTransport.as(new Credentials.Password(user, password), registry));
    } catch (IllegalArgumentException unsafe) {
      throw new ParameterException(
          command.commandLine(), String.valueOf(unsafe.getMessage()), unsafe);
    }
  }
}
