package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code roadstead trash list}: the deleted manifests of a repository that can come back. */
@Command(
    name = "list",
    description = "Lists the deleted manifests of a repository, be it there or not.")
final class TrashListCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  @Parameters(arity = "1", paramLabel = "REPOSITORY", description = "The repository.")
  private Optional<RepositoryName> repository = Optional.empty();

  TrashListCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var name = repository.orElseThrow();
    return registry.run(admin -> manifests(admin, name), TrashListCommand::lines);
  }

  private static JsonNode manifests(AdminClient admin, RepositoryName name) throws IOException {
    var all = AdminClient.document();
    var manifests = all.putArray("manifests");
    var query = new TreeMap<String, String>();
    boolean more = true;
    while (more) {
      var page = admin.get("trash/" + name, query);
      page.path("manifests").forEach(manifests::add);
      more = page.has("next");
      query.put("after", page.path("next").asString(""));
    }
    return all;
  }

  private static String lines(JsonNode trash) {
    var lines = new ArrayList<String>();
    lines.add(line("deleted", "until", "by", "tags", "digest"));
    for (var manifest : trash.path("manifests")) {
      var tags =
          StreamSupport.stream(manifest.path("tags").spliterator(), false)
              .map(JsonNode::asString)
              .collect(Collectors.joining(","));
      lines.add(
          line(
              time(manifest.path("atSeconds")),
              time(manifest.path("expiresAtSeconds")),
              manifest.path("by").asString(),
              tags.isEmpty() ? "-" : tags,
              manifest.path("digest").asString()));
    }
    return String.join("\n", lines);
  }

  private static String time(JsonNode seconds) {
    return Instant.ofEpochSecond(seconds.asLong()).toString();
  }

  private static String line(String deleted, String until, String by, String tags, String digest) {
    return String.format(
        Locale.ROOT, "%-20s %-20s %-12s %-20s %s", deleted, until, by, tags, digest);
  }
}
