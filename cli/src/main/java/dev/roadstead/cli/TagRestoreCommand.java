package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code roadstead tag restore}: back to where a tag has pointed. */
@Command(
    name = "restore",
    description = {
      "Puts a tag back to where it pointed before its last move, or after any move that its",
      "history has. A tag that was removed comes back."
    })
final class TagRestoreCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  @Parameters(
      arity = "1",
      paramLabel = "REPOSITORY:TAG",
      description = "The tag, be it there or not.")
  private Optional<TagName> tag = Optional.empty();

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The move after which it pointed there, as roadstead tag history shows it.")
  private Optional<Long> version = Optional.empty();

  TagRestoreCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    var name = tag.orElseThrow();
    var asked = AdminClient.document();
    asked.put("tag", name.tag().text());
    version.ifPresent(move -> asked.put("version", move));
    return registry.run(
        admin -> admin.post("history/" + name.repository(), asked),
        answer -> name + " points to " + answer.path("digest").asString());
  }
}
