package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code roadstead immutable}: tags that nobody moves or deletes. */
@Command(
    name = "immutable",
    description = "Tags that stay where they were pushed.",
    synopsisSubcommandLabel = "COMMAND")
final class ImmutableCommand {

  /** What describes a rule, to add it and to take it back. */
  static final class Rule {
    @Parameters(
        paramLabel = "GLOB",
        description = "In which repositories; * stands for anything, slashes too.")
    private String repository = "";

    @Option(names = "--tag", paramLabel = "GLOB", description = "Which tags. [*]")
    private String tag = "*";

    @Option(
        names = "--except",
        paramLabel = "GLOB",
        split = ",",
        description = "Which of them not; at most five, each with its own --except.")
    private List<String> except = List.of();
  }

  @Command(name = "add", description = "From now on these tags stay where they are.")
  int add(@Mixin RegistryOption registry, @Mixin Rule rule) throws IOException {
    var document = AdminClient.document().put("repository", rule.repository).put("tag", rule.tag);
    rule.except.forEach(document.putArray("except")::add);
    return registry.run(admin -> admin.post("immutability", document), ImmutableCommand::lines);
  }

  @Command(name = "remove", description = "Takes a rule back, described as it was added.")
  int remove(@Mixin RegistryOption registry, @Mixin Rule rule) throws IOException {
    var query = new TreeMap<>(Map.of("repository", rule.repository, "tag", rule.tag));
    if (!rule.except.isEmpty()) {
      query.put("except", String.join(",", rule.except));
    }
    return registry.run(admin -> admin.delete("immutability", query), _ -> "taken back");
  }

  @Command(name = "list", description = "Lists the rules.")
  int list(@Mixin RegistryOption registry) throws IOException {
    return registry.run(admin -> admin.get("immutability", Map.of()), ImmutableCommand::lines);
  }

  private static String lines(JsonNode answer) {
    return Table.of(answer.path("rules"), List.of("repository", "tag", "except"));
  }
}
