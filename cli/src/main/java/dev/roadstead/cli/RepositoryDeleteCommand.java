package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code roadstead repository delete}: everything that a repository has. */
@Command(
    name = "delete",
    description = {
      "Deletes a repository with all its tags, manifests and uploads. Broken off, it goes on when",
      "it is begun again; and roadstead undelete brings it back, as long as the trash keeps it."
    })
final class RepositoryDeleteCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  @Parameters(arity = "1", paramLabel = "REPOSITORY", description = "The repository.")
  private Optional<RepositoryName> repository = Optional.empty();

  RepositoryDeleteCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var name = repository.orElseThrow();
    return registry.run(
        admin -> deleted(admin, name),
        answer -> name + " is deleted; roadstead undelete " + name + " brings it back");
  }

  private static JsonNode deleted(AdminClient admin, RepositoryName name) throws IOException {
    var answer = admin.delete("repositories/" + name, Map.of());
    while (!answer.path("deleted").asBoolean(false)) {
      answer = admin.delete("repositories/" + name, Map.of());
    }
    return answer;
  }
}
