package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The commands about rights. */
final class GrantCommands {
  private GrantCommands() {}

  private static String holder(GrantOptions grant) throws IOException {
    return grant
        .holder()
        .orElseThrow(() -> new IOException("say a name or --anonymous, and not both"));
  }

  private static String lines(JsonNode answer) {
    return Table.of(
        answer.path("grants"), List.of("holder", "role", "repository", "tag", "from", "deny"));
  }

  /** {@code roadstead grant}. */
  @Command(
      name = "grant",
      description = "Gives a right; denials win, and what nobody has granted is denied.",
      sortOptions = false)
  static final class Give implements Callable<Integer> {
    @Mixin private GrantOptions grant = new GrantOptions();
    @Mixin private final RegistryOption registry;

    Give(Map<String, String> environment) {
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
      var resource = "grants/" + holder(grant);
      return registry.run(admin -> admin.post(resource, document), GrantCommands::lines);
    }
  }

  /** {@code roadstead revoke}. */
  @Command(
      name = "revoke",
      description = "Takes a right back, described as it was given.",
      sortOptions = false)
  static final class TakeBack implements Callable<Integer> {
    @Mixin private GrantOptions grant = new GrantOptions();
    @Mixin private final RegistryOption registry;

    TakeBack(Map<String, String> environment) {
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
      var resource = "grants/" + holder(grant);
      return registry.run(admin -> admin.delete(resource, query), _ -> "taken back");
    }
  }

  /** {@code roadstead grants}. */
  @Command(name = "grants", description = "Lists rights, of one holder or of all.")
  static final class ListAll implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "anonymous is one too.")
    private Optional<String> name = Optional.empty();

    @Mixin private final RegistryOption registry;

    ListAll(Map<String, String> environment) {
      this.registry = new RegistryOption(environment);
    }

    @Override
    public Integer call() throws IOException {
      var resource = "grants" + name.map(holder -> "/" + holder).orElse("");
      return registry.run(admin -> admin.list(resource, "grants", Map.of()), GrantCommands::lines);
    }
  }

  /** {@code roadstead access explain}. */
  @Command(
      name = "explain",
      description = "Says whether somebody may do something, and why: explain alice push app:1.")
  static final class Explain implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "anonymous is one too.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ACTION", description = "pull, push or delete.")
    private String action = "";

    @Parameters(index = "2", paramLabel = "REPOSITORY[:TAG]")
    private String target = "";

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Where the request comes from.")
    private Optional<String> from = Optional.empty();

    @Mixin private final RegistryOption registry;

    Explain(Map<String, String> environment) {
      this.registry = new RegistryOption(environment);
    }

    @Override
    public Integer call() throws IOException {
      int colon = target.lastIndexOf(':');
      var query = new TreeMap<String, String>();
      query.put("account", name);
      query.put("action", action);
      query.put("repository", colon < 0 ? target : target.substring(0, colon));
      if (colon >= 0) {
        query.put("tag", target.substring(colon + 1));
      }
      from.ifPresent(address -> query.put("from", address));
      return registry.run(
          admin -> admin.get("access", query),
          answer ->
              (answer.path("allowed").asBoolean() ? "yes: " : "no: ")
                  + answer.path("reason").asString());
    }
  }

  /** {@code roadstead access}, which does nothing by itself. */
  @Command(name = "access", description = "Rights, explained.", synopsisSubcommandLabel = "COMMAND")
  static final class AccessCommand {}
}
