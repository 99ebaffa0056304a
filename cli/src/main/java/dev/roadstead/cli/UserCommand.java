package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code roadstead user}: people. A password comes from standard input or from the environment,
 * never from an argument, which everybody on the machine can see.
 */
@Command(name = "user", description = "People.", synopsisSubcommandLabel = "COMMAND")
final class UserCommand {
  private static final String VARIABLE = "ROADSTEAD_NEW_PASSWORD";

  private final Map<String, String> environment;

  UserCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Command(name = "add", description = "Adds a user, or gives one another password.")
  int add(
      @Mixin RegistryOption registry,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--password-stdin",
              description = "Reads the password from standard input, not from " + VARIABLE + ".")
          boolean stdin)
      throws IOException {
    var document = AdminClient.document().put("password", password(stdin));
    return registry.run(admin -> admin.put("users/" + name, document), _ -> name + " can log in");
  }

  private String password(boolean stdin) throws IOException {
    var given = Optional.ofNullable(environment.get(VARIABLE));
    if (stdin) {
      var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      given = Optional.ofNullable(reader.readLine());
    }
    return given.orElseThrow(
        () -> new IOException("no password: use --password-stdin, or set " + VARIABLE));
  }

  @Command(name = "list", description = "Lists the users.")
  int list(@Mixin RegistryOption registry) throws IOException {
    return registry.run(
        admin -> admin.list("users", "users", Map.of()),
        answer -> Table.of(answer.path("users"), List.of("name", "enabled", "groups")));
  }

  @Command(name = "disable", description = "Keeps a user out, within five minutes.")
  int disable(@Mixin RegistryOption registry, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    return AccountSwitch.turn(registry, "users", name, false);
  }

  @Command(name = "enable", description = "Lets a user in again.")
  int enable(@Mixin RegistryOption registry, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    return AccountSwitch.turn(registry, "users", name, true);
  }
}
