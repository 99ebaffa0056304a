package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients show besides that can delete: a tag pattern protects what the tag points to. */
abstract class RightsOfDeletionContract extends RightsContract {
  /** Deletes what a tag points to, by its digest, as whoever is logged in. */
  abstract void deleteByDigest(String reference);

  @Test
  void deletesNothingByDigestThatAProtectedTagHas(@TempDir Path folder) {
    roadstead("user", "add", "keeper");
    roadstead("grant", "keeper", "--role=maintainer", "--repository=team/*", "--tag=*-dev");
    for (var name :
        new String[] {"team/both:1.0.0-dev", "team/both:1.0.0-prod", "team/one:1-dev"}) {
      asUser("admin", () -> push(image(), named(name)));
    }

    asUser("reader", () -> refused(() -> deleteByDigest(named("team/one:1-dev"))));
    asUser("keeper", () -> refused(() -> deleteByDigest(named("team/both:1.0.0-dev"))));
    asUser("reader", () -> pull(named("team/both:1.0.0-prod"), folder.resolve("kept")));
    asUser("keeper", () -> deleteByDigest(named("team/one:1-dev")));
    asUser("admin", () -> isGone(named("team/one:1-dev"), folder.resolve("gone")));
  }

  private void isGone(String reference, Path target) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> pull(reference, target))
        .withMessageMatching("(?is).*(not found|unknown|404).*");
  }
}
