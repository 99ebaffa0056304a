package dev.roadstead.cli;

import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code roadstead pulls}: how often manifests were pulled. */
@Command(
    name = "pulls",
    description =
        "Shows how often each manifest of a repository was pulled, by day (UTC), the newest day"
            + " first. Pulls of the last minute may be missing.")
final class PullsCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "REPOSITORY", description = "The repository.")
  private Optional<RepositoryName> repository = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "From this day (2026-01-31) on. [400 days ago, as long as counts are kept]")
  private Optional<LocalDate> since = Optional.empty();

  @Mixin private final RegistryOption registry;

  PullsCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var query = new TreeMap<String, String>();
    since.ifPresent(day -> query.put("since", day.toString()));
    return registry.run(
        admin -> admin.list("pulls/" + repository.orElseThrow(), "pulls", query),
        answer -> Table.of(answer.path("pulls"), List.of("day", "pulls", "digest")));
  }
}
