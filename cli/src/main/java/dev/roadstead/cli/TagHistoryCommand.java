package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code roadstead tag history}: who moved a tag, when, from where and to where. */
@Command(
    name = "history",
    description = "Shows who moved a tag, when, from where and to where; the oldest move first.")
final class TagHistoryCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  @Parameters(
      arity = "1",
      paramLabel = "REPOSITORY:TAG",
      description = "The tag, be it there or not.")
  private Optional<TagName> tag = Optional.empty();

  TagHistoryCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var name = tag.orElseThrow();
    return registry.run(admin -> moves(admin, name), TagHistoryCommand::lines);
  }

  /** Page after page; a tag remembers so few moves that there are hardly two. */
  private static JsonNode moves(AdminClient admin, TagName name) throws IOException {
    var all = AdminClient.document();
    ArrayNode moves = all.putArray("moves");
    var query = new TreeMap<>(Map.of("tag", name.tag().text()));
    boolean more = true;
    while (more) {
      var page = admin.get("history/" + name.repository(), query);
      page.path("moves").forEach(moves::add);
      more = page.has("next");
      query.put("after", page.path("next").asString(""));
    }
    return all;
  }

  private static String lines(JsonNode history) {
    var lines = new ArrayList<String>();
    lines.add(line("version", "when", "by", "from", "to"));
    for (var move : history.path("moves")) {
      lines.add(
          line(
              move.path("version").asString(),
              Instant.ofEpochSecond(move.path("atSeconds").asLong()).toString(),
              move.path("by").asString(),
              shortened(move.path("from").asString("-")),
              move.path("to").asString("removed")));
    }
    return String.join("\n", lines);
  }

  private static String line(String version, String when, String by, String from, String to) {
    return String.format(Locale.ROOT, "%-14s %-20s %-16s %-20s %s", version, when, by, from, to);
  }

  private static String shortened(String digest) {
    int most = 19;
    return digest.length() <= most ? digest : digest.substring(0, most);
  }
}
