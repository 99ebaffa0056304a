package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.RepositoryDelete.Progress;
import dev.roadstead.registry.RepositoryUndelete.Outcome;
import dev.roadstead.store.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repository goes step by step, can be begun anew under its name, and comes back. */
class RepositoryDeleteTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);
  private static final TestImage THIRD = TestImage.numbered(3);
  private static final TestImage INDEX = TestImage.index(Optional.empty(), FIRST, SECOND);
  private static final TestImage OUTER = TestImage.index(Optional.empty(), INDEX);

  private static final TestImage LARGE =
      TestImage.of(
          TestBlob.of("config"),
          IntStream.range(1, 95).mapToObj(n -> TestBlob.of("layer " + n)).toArray(TestBlob[]::new));

  private static World full() {
    var world = new World();
    var client = world.other(APP);
    client.push(OUTER, "outer");
    client.push(FIRST, "latest");
    client.push(TestImage.about(FIRST, "application/vnd.example.note", 1), "note");
    client.push(TestBlob.of("nothing names this"));
    client.patch(client.post(), new byte[] {1, 2, 3});
    client.post();
    world.other(OTHER).push(FIRST, "copy");
    world.isSafe();
    return world;
  }

  private static Progress delete(TestProcess process) {
    var deletes = new RepositoryDelete(process.environment());
    Progress progress = Progress.UNDER_WAY;
    for (int i = 0; i < 20 && progress == Progress.UNDER_WAY; i++) {
      progress = deletes.delete(APP, Client.CALLER);
    }
    return progress;
  }

  private static RepositoryUndelete undeletes(TestProcess process) {
    return new RepositoryUndelete(
        process.environment(),
        new Undeletion(process.environment(), process.claims(), process.repositories()));
  }

  private static Outcome undelete(TestProcess process) {
    var undeletes = undeletes(process);
    Optional<String> after = Optional.empty();
    while (true) {
      var outcome = undeletes.restore(APP, after, Client.CALLER);
      if (!(outcome instanceof Outcome.Restored(int manifests, var gone, var next))
          || next.isEmpty()) {
        return outcome;
      }
      after = next;
    }
  }

  private static void isGone(World world) {
    var process = world.bystander();
    assertThat(process.repositories().exists(APP)).isFalse();
    assertThat(process.repositories().list(Optional.empty(), 10).names()).containsExactly(OTHER);
    assertThat(process.tags().list(APP, Optional.empty(), 10)).isEmpty();
    assertThat(world.items().query(Query.of(Keys.sessions(APP), 10)).items()).isEmpty();
    for (int h = 0; h < Keys.SPREAD; h++) {
      char digit = Character.forDigit(h, 16);
      assertThat(world.items().query(Query.of(Keys.manifests(APP, digit), 10)).items()).isEmpty();
      assertThat(world.items().query(Query.of(Keys.links(APP, digit), 10)).items()).isEmpty();
    }
    world.other(OTHER).pulls("copy", FIRST);
  }

  @Test
  void takesEverythingThatIsItsOwnAndNothingElse() {
    var world = full();
    assertThat(delete(world.process())).isEqualTo(Progress.DELETED);
    isGone(world);
    world.isSafe();
    assertThat(delete(world.process())).isEqualTo(Progress.UNKNOWN);
  }

  @Test
  void takesALargeOneInSeveralCalls() {
    var world = new World();
    world.other(OTHER).push(FIRST, "copy");
    var client = world.other(APP);
    IntStream.range(10, 310).forEach(n -> client.push(TestImage.numbered(n), "t" + n));
    var deletes = new RepositoryDelete(world.process().environment());
    assertThat(deletes.delete(APP, Client.CALLER)).isEqualTo(Progress.UNDER_WAY);
    world.isSafe();
    assertThat(delete(world.process())).isEqualTo(Progress.DELETED);
    isGone(world);
    world.isSafe();
  }

  @Test
  void comesBackAsItWas() {
    var world = full();
    delete(world.process());
    assertThat(undelete(world.process())).isInstanceOf(Outcome.Restored.class);
    var client = world.client(APP);
    client.pulls("outer", OUTER);
    client.pulls("latest", FIRST);
    assertThat(client.referrers(FIRST)).hasSize(1);
    assertThat(world.process().repositories().exists(APP)).isTrue();
    world.isSafe();
    assertThat(undelete(world.process())).isEqualTo(new Outcome.Unknown());
  }

  @Test
  void comesBackIntoWhatIsThereByThen() {
    var world = full();
    delete(world.process());
    world.passes(Duration.ofSeconds(1)); // the history of a tag made anew goes by the clock
    world.client(APP).push(THIRD, "latest");
    undelete(world.process());
    world.client(APP).pulls("latest", THIRD);
    world.client(APP).pulls("outer", OUTER);
    world.isSafe();
  }

  @Test
  void doesNotComeBackBeforeItIsGone() {
    var world = full();
    world.crashes(12, When.AFTER, () -> delete(world.process()));
    assertThat(undeletes(world.process()).restore(APP, Optional.empty(), Client.CALLER))
        .isEqualTo(new Outcome.StillDeleting());
    assertThat(world.client(APP).put(SECOND, "new")).isNotInstanceOf(PutResult.Incomplete.class);
    assertThat(delete(world.process())).isEqualTo(Progress.DELETED);
    assertThat(undelete(world.process())).isInstanceOf(Outcome.Restored.class);
    world.isSafe();
  }

  @ParameterizedTest
  @MethodSource("inOneTransactionAndInSteps")
  void takesNoNewManifestWhileItGoes(TestImage image) {
    var world = full();
    world.other(APP).pushParts(image);
    world.crashes(2, When.AFTER, () -> delete(world.process()));
    assertThat(world.client(APP).put(image, "new"))
        .isEqualTo(new PutResult.RepositoryIsBeingDeleted());
    delete(world.process());
    isGone(world);
    // And under its old name a new one begins, also for a process that remembers the old one.
    world.other(APP).push(image, "new");
    world.other(APP).pulls("new", image);
    world.isSafe();
  }

  static Stream<TestImage> inOneTransactionAndInSteps() {
    return Stream.of(THIRD, LARGE);
  }

  @Test
  void goesOnAfterACrashAtAnyCall() {
    for (var when : When.values()) {
      boolean crashed = true;
      for (int call = 0; crashed; call++) {
        var world = full();
        crashed = world.crashes(call, when, () -> delete(world.process()));
        world.isSafe();
        delete(world.process());
        isGone(world);
        world.isSafe();
      }
    }
  }

  @Test
  void comesBackAfterACrashAtAnyCall() {
    for (var when : When.values()) {
      boolean crashed = true;
      for (int call = 0; crashed; call++) {
        var world = new World();
        world.other(APP).push(INDEX, "outer");
        delete(world.bystander());
        crashed = world.crashes(call, when, () -> undelete(world.process()));
        world.isSafe();
        undelete(world.process());
        world.other(APP).pulls("outer", INDEX);
        world.isSafe();
      }
    }
  }

  @Test
  void aPushComesWhileItGoes() {
    Interleaving.sweep(
        world -> {
          var client = world.other(APP);
          client.push(INDEX, "latest");
          client.pushParts(THIRD);
          return new Race(
              () -> delete(world.process()),
              () -> {
                client.pushParts(THIRD);
                client.put(THIRD, "new");
              },
              () -> eitherWentOrIsThere(world, THIRD));
        });
  }

  @ParameterizedTest
  @MethodSource("inOneTransactionAndInSteps")
  void aDeletionComesWhileSomebodyPushes(TestImage image) {
    Interleaving.sweep(
        world -> {
          var client = world.other(APP);
          client.push(INDEX, "latest");
          client.pushParts(image);
          return new Race(
              () -> world.client(APP).put(image, "new"),
              () -> delete(world.bystander()),
              () -> eitherWentOrIsThere(world, image));
        });
  }

  /** What was pushed went with the rest, or was refused, or began the name anew. */
  private static void eitherWentOrIsThere(World world, TestImage image) {
    var client = world.other(APP);
    if (client.tagged("new").isPresent()) {
      client.pulls("new", image);
      assertThat(world.bystander().repositories().exists(APP)).isTrue();
    }
    client.misses("latest");
  }

  @Test
  void takesAndGivesBackWhatIsPutAndDeletedInSteps() {
    var world = new World();
    world.other(OTHER).push(FIRST, "copy");
    world.other(APP).push(LARGE, "large");
    assertThat(delete(world.process())).isEqualTo(Progress.DELETED);
    isGone(world);
    world.isSafe();
    assertThat(undelete(world.process())).isInstanceOf(Outcome.Restored.class);
    world.client(APP).pulls(LARGE.manifest().digest().toString(), LARGE);
    world.isSafe();
  }

  @Test
  void givesUpWhatIsHalfWayPut() {
    var world = full();
    var client = world.other(APP);
    var last = LARGE.blobs().getLast();
    LARGE.blobs().stream().filter(blob -> !blob.equals(last)).forEach(client::push);
    assertThat(client.put(LARGE, "large")).isInstanceOf(PutResult.Incomplete.class);
    assertThat(delete(world.process())).isEqualTo(Progress.DELETED);
    isGone(world);
    world.isSafe();
  }
}
