package dev.roadstead.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code roadstead gc dry-run}: what a run would do now. */
@Command(name = "dry-run", description = "Shows what a run would do now, and why. Writes nothing.")
final class GcDryRun implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  GcDryRun(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    return registry.run(
        admin -> admin.get("collection", Map.of("dry-run", "true")), GcDryRun::lines);
  }

  private static String lines(JsonNode report) {
    var text = new StringBuilder();
    for (var candidate : report.path("candidates")) {
      if (!candidate.path("verdict").asString().equals("not due")) {
        text.append(line(candidate));
      }
    }
    return text.append(GcReport.of(report).replace("; they wait", "; they would wait")).toString();
  }

  private static String line(JsonNode candidate) {
    return String.format(
        Locale.ROOT,
        "%-9s %-8s %,14d bytes  %s %s: %s%n",
        candidate.path("kind").asString(),
        candidate.path("verdict").asString(),
        candidate.path("bytes").asLong(),
        candidate.path("partition").asString(),
        candidate.path("sort").asString(),
        candidate.path("reason").asString());
  }
}
