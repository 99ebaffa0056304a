package dev.roadstead.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code roadstead gc status}: whether the collector stands still, and what it did today. */
@Command(
    name = "status",
    description = "Shows whether the collector stands still, and what it condemned today.")
final class GcStatus implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  GcStatus(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    return registry.run(admin -> admin.get("collection", Map.of()), GcStatus::lines);
  }

  private static String lines(JsonNode state) {
    var condemned =
        state.has("limit")
            ? "%d of %d allowed a day"
                .formatted(state.path("condemned").asLong(), state.path("limit").asLong())
            : "nothing yet";
    return state.path("stopped").asBoolean()
        ? """
          stopped    since %s: more than a day's limit would have been condemned
          condemned  %s
          Look with roadstead gc dry-run; if that is right, roadstead gc acknowledge lets it go on.
          """
            .formatted(Instant.ofEpochSecond(state.path("stoppedAt").asLong()), condemned)
        : "collects\ncondemned  " + condemned;
  }
}
