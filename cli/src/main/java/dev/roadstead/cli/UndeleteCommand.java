package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code roadstead undelete}: a manifest, a tag or a whole repository comes back. */
@Command(
    name = "undelete",
    description = {
      "Brings back what was deleted, as long as its bytes are there:",
      "  repository@digest  a manifest with its tags and everything it names",
      "  repository:tag     a tag that was removed",
      "  repository         a repository that was deleted"
    })
final class UndeleteCommand implements Callable<Integer> {
  @Mixin private final RegistryOption registry;

  @Parameters(arity = "1", paramLabel = "NAME", description = "What is to come back.")
  private String name = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  UndeleteCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() throws IOException {
    try {
      int at = name.indexOf('@');
      if (at >= 0) {
        return manifest(
            new RepositoryName(name.substring(0, at)), Digest.parse(name.substring(at + 1)));
      }
      return name.indexOf(':') >= 0
          ? tag(TagName.parse(name))
          : repository(new RepositoryName(name));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private int manifest(RepositoryName repository, Digest digest) throws IOException {
    var asked = AdminClient.document().put("digest", digest.toString());
    return registry.run(
        admin -> admin.post("trash/" + repository, asked),
        answer ->
            """
            manifests  %s
            tags       %s
            """
                    .formatted(joined(answer.path("manifests")), joined(answer.path("tags")))
                + (answer.path("movedOn").isEmpty()
                    ? ""
                    : "moved on   " + joined(answer.path("movedOn"))));
  }

  private int tag(TagName tag) throws IOException {
    var asked = AdminClient.document().put("tag", tag.tag().text());
    return registry.run(
        admin -> admin.post("history/" + tag.repository(), asked),
        answer -> tag + " points to " + answer.path("digest").asString());
  }

  private int repository(RepositoryName repository) throws IOException {
    return registry.run(
        admin -> wholeRepository(admin, repository),
        answer ->
            "manifests  %s%s"
                .formatted(
                    answer.path("manifests").asLong(),
                    answer.path("gone").isEmpty()
                        ? ""
                        : "\ngone       " + joined(answer.path("gone"))));
  }

  /** Call after call, until all of it is there. */
  private static JsonNode wholeRepository(AdminClient admin, RepositoryName repository)
      throws IOException {
    var whole = AdminClient.document();
    var gone = whole.putArray("gone");
    long manifests = 0;
    var asked = AdminClient.document();
    boolean more = true;
    while (more) {
      var part = admin.post("trash/" + repository, asked);
      manifests += part.path("manifests").asLong();
      part.path("gone").forEach(gone::add);
      more = part.has("next");
      asked.put("after", part.path("next").asString(""));
    }
    return whole.put("manifests", manifests);
  }

  private static String joined(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.joining(" "));
  }
}
