package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.ManifestDelete.Deletion;
import dev.roadstead.registry.TagHistory.Restoration;
import dev.roadstead.rule.ImmutabilityRule;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags that stay where they were pushed. */
class ImmutableTagsTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);
  private static final int MORE_THAN_A_RECORD_NAMES = ManifestRecord.MAX_TAG_NAMES + 6;

  private final World world = new World();
  private final Client client = world.client(APP);

  private static void protect(World world, String rule) {
    rules(world).add(ImmutabilityRule.parse(rule), new Caller("admin"), "10.0.0.1");
  }

  private static ImmutableTags rules(World world) {
    return new ImmutableTags(world.bystander().environment());
  }

  @ParameterizedTest
  @CsvSource({
    "team/app, v1, true",
    "team/app, v2-rc1, false",
    "team/app, latest, false",
    "team/app, 1, false",
    "other/app, v1, false"
  })
  void areThoseOfARuleButForItsExceptions(String repository, String tag, boolean stays) {
    var rule = ImmutabilityRule.parse("team/* v* *-rc* latest");

    assertThat(rule.protects(new RepositoryName(repository), new Tag(tag))).isEqualTo(stays);
    assertThat(ImmutabilityRule.parse(rule.text())).isEqualTo(rule);
  }

  @Test
  void neitherMoveNorGo() {
    client.push(FIRST, "v1");
    client.push(SECOND, "dev");
    protect(world, APP + " v*");

    assertThat(client.put(SECOND, "v1")).isEqualTo(new PutResult.TagIsImmutable());
    assertThat(client.untag("v1")).isEqualTo(new Deletion.Immutable());
    assertThat(client.deleteAsked(FIRST)).isEqualTo(new Deletion.Immutable());

    Client.stored(client.put(FIRST, "v1")); // the same again
    Client.stored(client.put(SECOND, "v2")); // a new one
    Client.stored(client.put(FIRST, "dev")); // no rule is about it
    client.pulls("v1", FIRST);
    world.isSafe();
  }

  @Test
  void arePutBackByNobody() {
    client.push(FIRST, "v1");
    client.push(SECOND, "v1");
    protect(world, APP + " v*");
    var history = new TagHistory(world.process().environment());

    var restoration = history.restore(APP, new Tag("v1"), Optional.empty(), Client.CALLER);

    assertThat(restoration).isEqualTo(new Restoration.TagIsImmutable());
    client.pulls("v1", SECOND);
  }

  @Test
  void moveAgainWhenTheRuleIsTakenBack() {
    client.push(FIRST, "v1");
    protect(world, APP + " v*");
    rules(world).remove(ImmutabilityRule.parse(APP + " v*"), new Caller("admin"), "");

    client.push(SECOND, "v1");

    client.pulls("v1", SECOND);
    assertThat(rules(world).rules()).isEmpty();
    var log = new AuditLog(world.process().environment());
    assertThat(log.list(entry -> entry.who().equals("admin"), 0, Optional.empty(), 10).entries())
        .extracting(AuditEntry::what, AuditEntry::about)
        .containsExactlyInAnyOrder(
            tuple("add immutable tags", APP + " v*"), tuple("remove immutable tags", APP + " v*"));
  }

  @Test
  void haveALimitedNumberOfRules() {
    IntStream.range(0, ImmutableTags.MAX_RULES).forEach(i -> protect(world, APP + " v" + i));

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> protect(world, APP + " one-more"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> ImmutabilityRule.parse("* * 1 2 3 4 5 6"));
  }

  @Test
  void belongToWhoeverCameFirst() {
    Interleaving.sweep(
        world -> {
          protect(world, APP + " v*");
          world.other(APP).pushParts(FIRST);
          world.other(APP).pushParts(SECOND);
          return new Race(
              () -> world.client(APP).put(FIRST, "v1"),
              () -> Client.stored(world.other(APP).put(SECOND, "v1")),
              () -> assertThat(world.client(APP).tagged("v1")).isPresent());
        });
  }

  @Test
  void holdAManifestThatHasMoreTagsThanItsRecordNames() {
    client.push(FIRST, "v1");
    IntStream.range(0, MORE_THAN_A_RECORD_NAMES).forEach(i -> client.push(FIRST, "t" + i));
    protect(world, APP + " v*");

    assertThat(client.deleteAsked(FIRST)).isEqualTo(new Deletion.Immutable());
    client.pulls("v1", FIRST);

    rules(world).remove(ImmutabilityRule.parse(APP + " v*"), new Caller("admin"), "");
    assertThat(client.deleteAsked(FIRST)).isEqualTo(new Deletion.Deleted());
    client.misses("v1");
    world.isSafe();
  }

  /** One tag goes and a protected one comes: their number is the same. */
  @Test
  void areNotMissedWhenTheyComeWhileAManifestWithManyTagsIsDeleted() {
    Interleaving.sweep(
        world -> {
          var other = world.other(APP);
          IntStream.range(0, MORE_THAN_A_RECORD_NAMES).forEach(i -> other.push(FIRST, "t" + i));
          protect(world, APP + " v*");
          return new Race(
              () -> world.client(APP).deleteAsked(FIRST),
              () -> {
                other.untag("t0");
                other.push(FIRST, "v1");
              },
              () -> world.client(APP).pulls("v1", FIRST));
        });
  }
}
