package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roadstead gc acknowledge}: lets a collector go on that has stopped itself. */
@Command(
    name = "acknowledge",
    description = "Lets the collector go on after it has stopped itself, for another day's limit.")
final class GcAcknowledge implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  GcAcknowledge(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    return registry.run(
        admin -> admin.post("collection", AdminClient.document().put("action", "acknowledge")),
        answer -> answer.path("stoodStill").asBoolean() ? "it goes on" : "it did not stand still");
  }
}
