package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.localstack.TestBackend;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every client shows of a registry with accounts: it logs in, is held to its rights, and pulls
 * without an account where that is granted. Everything is done as an operator does it, with the
 * launcher.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RightsContract {
  static final String PASSWORD = "correct horse";
  private static final int IMAGE_BYTES = 1000;

  /** What clients say when they are refused, each in its own words. */
  private static final String REFUSED =
      "(?is).*(authoriz|denied|authentication|invalid username|may not|\\b40[13]\\b).*";

  private Path folder = Path.of("");
  private Daemon daemon;
  private String authority = "";
  private Path data = Path.of("");
  private ImageTar image;

  /** Logs in; throws {@link AssertionError} with the client's words when it is refused. */
  abstract void login(String authority, String user, String password);

  /** Forgets who it is. */
  abstract void logout(String authority);

  /** Pushes, as whoever is logged in. */
  abstract void push(ImageTar pushed, String reference);

  /** Pulls, as whoever is logged in. */
  abstract void pull(String reference, Path target);

  @BeforeAll
  void startWithAccounts(@TempDir Path home) {
    folder = home;
    data = folder.resolve("data");
    daemon =
        Daemon.start(
            RegistryProcess.launcher()
                .with("ROADSTEAD_ADMIN_PASSWORD", PASSWORD)
                .and("up", "--auth", "--port", 0, "--data", data)
                .and(TestBackend.options(TestBackend.fresh()).toArray()),
            folder);
    authority = URI.create(daemon.awaitOutput("^ready (http://\\S+)\\R").group(1)).getAuthority();
    image = ImageTar.write(folder, "rights", IMAGE_BYTES);
    roadstead("user", "add", "reader");
    roadstead("user", "add", "writer");
    roadstead("grant", "reader", "--role", "reader", "--repository", "team/*");
    roadstead("grant", "writer", "--role", "reader", "--repository", "team/*");
    roadstead("grant", "writer", "--role=writer", "--repository=team/*", "--tag=*-dev");
    roadstead("grant", "--anonymous", "--role", "reader", "--repository", "public/*");
  }

  /** Something small to push. */
  final ImageTar image() {
    return image;
  }

  /** Administers the registry; gives back what was printed. */
  final String roadstead(Object... arguments) {
    return RegistryProcess.launcher()
        .with("ROADSTEAD_NEW_PASSWORD", PASSWORD)
        .and(arguments)
        .run("--data", data);
  }

  @AfterAll
  void stop() {
    daemon.stop();
    assertThat(daemon.log()).doesNotContain(PASSWORD, "Bearer ", "Basic ");
  }

  final void asUser(String user, Runnable step) {
    login(authority, user, PASSWORD);
    try {
      step.run();
    } finally {
      logout(authority);
    }
  }

  final String named(String rest) {
    return authority + "/" + rest;
  }

  static void refused(Runnable step) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(step::run)
        .withMessageMatching(REFUSED);
  }

  @Test
  void isHeldToItsRights() {
    asUser("writer", () -> push(image, named("team/app:1.0.0-dev")));
    asUser("writer", () -> refused(() -> push(image, named("team/app:1.0.0-prod"))));
    asUser("writer", () -> refused(() -> push(image, named("other/app:1.0.0-dev"))));
    asUser("reader", () -> pull(named("team/app:1.0.0-dev"), folder.resolve("pulled")));
    asUser("reader", () -> refused(() -> push(image, named("team/app:2.0.0-dev"))));
    assertThat(roadstead("access", "explain", "reader", "push", "team/app:2.0.0-dev"))
        .contains("no: reader lacks a grant: role writer");
  }

  @Test
  void pullsWithoutAnAccountWhereThatIsGranted() {
    asUser("admin", () -> push(image, named("public/app:1.0.0")));
    asUser("admin", () -> push(image, named("private/app:1.0.0")));

    pull(named("public/app:1.0.0"), folder.resolve("public"));
    refused(() -> pull(named("private/app:1.0.0"), folder.resolve("private")));
    refused(() -> push(image, named("public/app:2.0.0")));
  }

  @Test
  void isRefusedWithAWrongPassword() {
    refused(
        () -> {
          login(authority, "reader", "wrong password");
          try {
            push(image, named("team/app:3.0.0-dev"));
          } finally {
            logout(authority);
          }
        });
  }
}
