package dev.roadstead.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code roadstead access}: why somebody may do something, or may not. */
@Command(name = "access", description = "Rights, explained.", synopsisSubcommandLabel = "COMMAND")
final class AccessCommand {
  @Command(
      name = "explain",
      description = "Says whether somebody may do something, and why: explain alice push app:1.")
  int explain(
      @Mixin RegistryOption registry,
      @Parameters(index = "0", paramLabel = "NAME", description = "anonymous is one too.")
          String name,
      @Parameters(index = "1", paramLabel = "ACTION", description = "pull, push or delete.")
          String action,
      @Parameters(index = "2", paramLabel = "REPOSITORY[:TAG]") String target,
      @Option(
              names = "--from",
              paramLabel = "ADDRESS",
              description = "Where the request comes from.")
          Optional<String> from)
      throws IOException {
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
