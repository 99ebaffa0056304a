package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.Credentials;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.SqliteMetadataStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and rights, as an operator on the registry's machine gives them and looks at them. */
class AccountCommandsTest {
  private static final Map<String, String> PASSWORD =
      Map.of("ROADSTEAD_NEW_PASSWORD", "correct horse");

  @TempDir private Path data;

  @BeforeEach
  void addsAliceToTheDevelopers() {
    try (var folder = DataFolder.open(data, new SecureRandom())) {
      SqliteMetadataStore.open(folder).close();
    }
    assertThat(run("user", "add", "alice").output()).isEqualTo("alice can log in\n");
    run("group", "add", "devs", "alice");
    run("grant", "devs", "--role", "writer", "--repository", "team/*", "--tag", "dev-*");
  }

  private Run run(String... words) {
    var all = Stream.concat(Stream.of(words), Stream.of("--data", data.toString()));
    return Run.of(new Credentials.Anonymous(), PASSWORD, all.toArray(String[]::new));
  }

  private List<String> lines(String... words) {
    return run(words).output().lines().toList();
  }

  @Test
  void listsPeopleWithTheirGroups() {
    run("user", "disable", "alice");

    assertThat(lines("user", "list"))
        .containsExactly("name   enabled  groups", "alice  no       devs");
  }

  @Test
  void saysWhenARobotEnds() {
    run("robot", "add", "ci", "--expires", "90d");

    assertThat(lines("robot", "list"))
        .element(1)
        .asString()
        .matches("ci    yes              \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void givesARobotAnotherSecretEachTime() {
    var first = run("robot", "add", "ci").output();

    assertThat(first).startsWith("rdst_");
    assertThat(run("robot", "rotate", "ci").output()).startsWith("rdst_").isNotEqualTo(first);
  }

  @Test
  void wantsDaysOrHoursForARobot() {
    assertThat(run("robot", "add", "ci", "--expires", "soon").errors())
        .isEqualTo("roadstead: --expires takes days or hours, 90d or 12h\n");
  }

  @Test
  void explainsByTheGrantThatDecides() {
    assertThat(lines("access", "explain", "alice", "push", "team/app:dev-1"))
        .containsExactly("yes: the grant writer on team/*, tags dev-* of devs allows it");
    assertThat(lines("access", "explain", "alice", "push", "team/app:prod-1"))
        .containsExactly(
            "no: alice lacks a grant: role writer or higher, repository team/app, tag prod-1");
  }

  @Test
  void listsRightsAndTakesThemBack() {
    run("grant", "--anonymous", "--role", "reader", "--repository", "public/*", "--deny");
    assertThat(lines("grants"))
        .containsExactly(
            "holder     role    repository  tag    from  deny",
            "anonymous  reader  public/*    *            yes",
            "devs       writer  team/*      dev-*        no");

    run("revoke", "devs", "--role", "writer", "--repository", "team/*", "--tag", "dev-*");
    assertThat(lines("grants", "devs")).hasSize(1);
  }

  @Test
  void wantsOneHolderOfARight() {
    var both = run("grant", "alice", "--anonymous", "--role", "reader", "--repository", "*");

    assertThat(both.status()).isEqualTo(2);
    assertThat(both.errors()).contains("a name or --anonymous, and not both");
    assertThat(run("revoke", "--role", "reader", "--repository", "*").status()).isEqualTo(2);
  }

  @Test
  void tellsWhoHasDoneWhatToWhom() {
    assertThat(lines("audit", "--about", "alice"))
        .last()
        .asString()
        .matches(".* operator +add user +alice");
  }
}
