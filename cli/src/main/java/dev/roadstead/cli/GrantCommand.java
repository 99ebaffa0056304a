package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roadstead grant}. */
@Command(
    name = "grant",
    description = "Gives a right; denials win, and what nobody has granted is denied.",
    sortOptions = false)
final class GrantCommand implements Callable<Integer> {
  @Mixin private GrantOptions grant = new GrantOptions();
  @Mixin private final RegistryOption registry;

  GrantCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var document =
        AdminClient.document()
            .put("role", grant.role)
            .put("repository", grant.repository)
            .put("deny", grant.deny);
    grant.tag.ifPresent(glob -> document.put("tag", glob));
    grant.from.ifPresent(network -> document.put("from", network));
    var resource = "grants/" + grant.holder();
    return registry.run(admin -> admin.post(resource, document), GrantsCommand::lines);
  }
}
