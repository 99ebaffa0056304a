package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code roadstead gc run}: collects now, until nothing is due any more. */
@Command(name = "run", description = "Collects now, until nothing is due any more.")
final class GcRun implements Callable<Integer> {
  /** How many small runs make one; more than that is for the next one. */
  private static final int MAX_ROUNDS = 10_000;

  private static final List<String> SUMS =
      List.of(
          "reviewed",
          "needed",
          "condemned",
          "condemnedBytes",
          "purged",
          "purgedBytes",
          "steps",
          "overtaken",
          "failed");

  @Mixin private final RegistryOption registry;

  GcRun(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    return registry.run(GcRun::rounds, GcReport::of);
  }

  private static JsonNode rounds(AdminClient admin) throws IOException {
    var total = AdminClient.document();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var report = admin.post("collection", AdminClient.document().put("action", "run"));
      add(total, report);
      if (!report.path("more").asBoolean() || report.path("stopped").asBoolean()) {
        break;
      }
    }
    return total;
  }

  private static void add(ObjectNode total, JsonNode report) {
    SUMS.forEach(n -> total.put(n, total.path(n).asLong() + report.path(n).asLong()));
    total.put("more", report.path("more").asBoolean());
    total.put("stopped", report.path("stopped").asBoolean());
  }
}
