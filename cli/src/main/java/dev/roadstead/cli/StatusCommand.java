package dev.roadstead.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roadstead status}: what runs, and how much it has. */
@Command(name = "status", description = "Shows what a registry runs and how much it has.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  StatusCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    return registry.run(
        admin -> admin.get("status", Map.of()),
        status ->
            """
            version       %s
            repositories  %s%s
            """
                .formatted(
                    status.path("version").asString(),
                    status.path("repositories").asInt(),
                    status.path("moreRepositories").asBoolean() ? " or more" : ""));
  }
}
