package dev.roadstead.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code roadstead revoke}. */
@Command(
    name = "revoke",
    description = "Takes a right back, described as it was given.",
    sortOptions = false)
final class RevokeCommand implements Callable<Integer> {
  @Mixin private GrantOptions grant = new GrantOptions();
  @Mixin private final RegistryOption registry;

  RevokeCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var query = new TreeMap<String, String>();
    query.put("role", grant.role);
    query.put("repository", grant.repository);
    query.put("deny", String.valueOf(grant.deny));
    grant.tag.ifPresent(glob -> query.put("tag", glob));
    grant.from.ifPresent(network -> query.put("from", network));
    var resource = "grants/" + grant.holder();
    return registry.run(admin -> admin.delete(resource, query), _ -> "taken back");
  }
}
