package dev.roadstead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code roadstead grants}. */
@Command(name = "grants", description = "Lists rights, of one holder or of all.")
final class GrantsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "anonymous is one too.")
  private Optional<String> name = Optional.empty();

  @Mixin private final RegistryOption registry;

  GrantsCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var resource = "grants" + name.map(holder -> "/" + holder).orElse("");
    return registry.run(admin -> admin.list(resource, "grants", Map.of()), GrantsCommand::lines);
  }

  /** Rights as people read them, a line each. */
  static String lines(JsonNode answer) {
    return Table.of(
        answer.path("grants"), List.of("holder", "role", "repository", "tag", "from", "deny"));
  }
}
