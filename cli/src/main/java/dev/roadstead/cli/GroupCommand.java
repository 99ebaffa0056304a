package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code roadstead group}: rights for several at once. */
@Command(name = "group", description = "Groups of accounts.", synopsisSubcommandLabel = "COMMAND")
final class GroupCommand {
  @Command(name = "add", description = "Makes a group, and takes accounts into it.")
  int add(
      @Mixin RegistryOption registry,
      @Parameters(paramLabel = "GROUP") String group,
      @Parameters(paramLabel = "MEMBER", arity = "0..*", index = "1..*") List<String> members)
      throws IOException {
    return registry.run(
        admin -> {
          admin.put("groups/" + group, AdminClient.document());
          return change(admin, group, "add", members);
        },
        _ -> group + " has them");
  }

  @Command(name = "remove", description = "Takes accounts out of a group.")
  int remove(
      @Mixin RegistryOption registry,
      @Parameters(paramLabel = "GROUP") String group,
      @Parameters(paramLabel = "MEMBER", arity = "1..*", index = "1..*") List<String> members)
      throws IOException {
    return registry.run(
        admin -> change(admin, group, "remove", members), _ -> group + " has them no more");
  }

  private static tools.jackson.databind.JsonNode change(
      AdminClient admin, String group, String what, List<String> members) throws IOException {
    var document = AdminClient.document();
    var names = document.putArray(what);
    if (members != null) {
      members.forEach(names::add);
    }
    return admin.patch("groups/" + group, document);
  }

  @Command(name = "list", description = "Lists the groups.")
  int list(@Mixin RegistryOption registry) throws IOException {
    return registry.run(
        admin -> admin.list("groups", "groups", Map.of()),
        answer -> Table.of(answer.path("groups"), List.of("name", "enabled")));
  }
}
