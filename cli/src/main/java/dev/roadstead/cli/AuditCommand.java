package dev.roadstead.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code roadstead audit}: who has changed what, and who was refused. */
@Command(
    name = "audit",
    description = "Shows who has changed what, and who was refused, the newest first.")
final class AuditCommand implements Callable<Integer> {
  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "From this day (2026-01-31) or time (2026-01-31T12:00:00Z) on.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--who", paramLabel = "NAME", description = "Only what this account has done.")
  private Optional<String> who = Optional.empty();

  @Option(
      names = "--about",
      paramLabel = "NAME",
      description = "Only what was done to this account.")
  private Optional<String> about = Optional.empty();

  @Option(
      names = "--repository",
      paramLabel = "GLOB",
      description = "Only what was done in these repositories.")
  private Optional<String> repository = Optional.empty();

  @Mixin private final RegistryOption registry;

  AuditCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var query = new TreeMap<String, String>();
    if (since.isPresent()) {
      query.put("since", String.valueOf(time(since.get()).getEpochSecond()));
    }
    who.ifPresent(name -> query.put("who", name));
    about.ifPresent(name -> query.put("about", name));
    repository.ifPresent(glob -> query.put("repository", glob));
    return registry.run(
        admin -> admin.list("audit", "entries", query),
        answer ->
            Table.of(answer.path("entries"), List.of("at", "who", "network", "what", "about")));
  }

  private static Instant time(String text) throws IOException {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IOException("--since takes 2026-01-31 or 2026-01-31T12:00:00Z", wrong);
    }
  }
}
