package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code roadstead robot}: accounts of machines. Their secrets are made here, and shown once. */
@Command(name = "robot", description = "Accounts of machines.", synopsisSubcommandLabel = "COMMAND")
final class RobotCommand {
  @Command(name = "add", description = "Adds a robot and prints its secret, this once.")
  int add(
      @Mixin RegistryOption registry,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--expires",
              paramLabel = "90d",
              description = "Ends the robot after so many days (d) or hours (h).")
          Optional<String> expires)
      throws IOException {
    var document = AdminClient.document();
    if (expires.isPresent()) {
      document.put("lifeSeconds", life(expires.get()).toSeconds());
    }
    return registry.run(admin -> admin.post("robots/" + name, document), RobotCommand::secret);
  }

  private static Duration life(String text) throws IOException {
    if (!text.matches("[0-9]{1,5}[dh]")) {
      throw new IOException("--expires takes days or hours, 90d or 12h");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }

  @Command(
      name = "rotate",
      description = "Gives a robot another secret; the old one works for 24 hours more.")
  int rotate(@Mixin RegistryOption registry, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    return registry.run(
        admin -> admin.post("robots/" + name, AdminClient.document().put("rotate", true)),
        RobotCommand::secret);
  }

  private static String secret(JsonNode answer) {
    return answer.path("secret").asString("");
  }

  @Command(name = "list", description = "Lists the robots.")
  int list(@Mixin RegistryOption registry) throws IOException {
    return registry.run(
        admin -> admin.list("robots", "robots", Map.of()),
        answer ->
            Table.of(answer.path("robots"), List.of("name", "enabled", "groups", "expiresAt")));
  }

  @Command(name = "disable", description = "Keeps a robot out, within five minutes.")
  int disable(@Mixin RegistryOption registry, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    return AccountSwitch.turn(registry, "robots", name, false);
  }

  @Command(name = "enable", description = "Lets a robot in again.")
  int enable(@Mixin RegistryOption registry, @Parameters(paramLabel = "NAME") String name)
      throws IOException {
    return AccountSwitch.turn(registry, "robots", name, true);
  }
}
