package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.CrashSweep.Story;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.TagHistory.Move;
import dev.roadstead.registry.TagHistory.Restoration;
import dev.roadstead.registry.TagHistory.Restoration.ManifestGone;
import dev.roadstead.registry.TagHistory.Restoration.NoSuchMove;
import dev.roadstead.registry.TagHistory.Restoration.Restored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every move of a tag is remembered, and a tag can be put back to where it was. */
class TagHistoryTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);
  private static final Digest ONE = FIRST.manifest().digest();
  private static final Digest TWO = SECOND.manifest().digest();
  private static final Tag LATEST = new Tag("latest");

  private static List<Move> history(TestProcess process, Tag tag) {
    var moves = new ArrayList<Move>();
    Optional<Long> after = Optional.empty();
    do {
      var page = new TagHistory(process.environment()).list(APP, tag, after);
      moves.addAll(page.moves());
      after = page.next();
    } while (after.isPresent());
    return moves;
  }

  private static Restoration restore(TestProcess process, Optional<Long> version) {
    return new TagHistory(process.environment()).restore(APP, LATEST, version, Client.CALLER);
  }

  private static void pushed(Client client) {
    client.push(FIRST, "latest");
    client.push(SECOND, "latest");
  }

  @Test
  void tellsWhoMovedATagWhenFromWhereToWhere() {
    var world = new World();
    pushed(world.client(APP));
    world.passes(Duration.ofHours(1));
    world.client(APP).untag("latest");
    var moves = history(world.process(), LATEST);
    assertThat(moves)
        .extracting(Move::from)
        .containsExactly(Optional.empty(), Optional.of(ONE), Optional.of(TWO));
    assertThat(moves)
        .extracting(Move::to)
        .containsExactly(Optional.of(ONE), Optional.of(TWO), Optional.empty());
    assertThat(moves).extracting(Move::by).containsOnly("tester");
    assertThat(moves).extracting(Move::version).isSorted().doesNotHaveDuplicates();
    assertThat(moves.getLast().atSeconds() - moves.getFirst().atSeconds()).isEqualTo(3600);
    assertThat(history(world.process(), new Tag("other"))).isEmpty();
  }

  @Test
  void putsATagBackToWhereItWasBefore() {
    var world = new World();
    pushed(world.client(APP));
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new Restored(ONE));
    world.client(APP).pulls("latest", FIRST);
    // Back, and back from there.
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new Restored(TWO));
    world.client(APP).pulls("latest", SECOND);
    assertThat(history(world.process(), LATEST)).hasSize(4);
    world.isSafe();
  }

  @Test
  void putsATagBackToAnyMove() {
    var world = new World();
    pushed(world.client(APP));
    var first = history(world.process(), LATEST).getFirst().version();
    assertThat(restore(world.process(), Optional.of(first))).isEqualTo(new Restored(ONE));
    assertThat(restore(world.process(), Optional.of(first))).isEqualTo(new Restored(ONE));
    assertThat(history(world.process(), LATEST)).hasSize(3);
    assertThat(restore(world.process(), Optional.of(first + 1_000_000)))
        .isEqualTo(new NoSuchMove());
    world.isSafe();
  }

  @Test
  void putsADeletedTagBack() {
    var world = new World();
    pushed(world.client(APP));
    world.client(APP).untag("latest");
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new Restored(TWO));
    world.client(APP).pulls("latest", SECOND);
    world.isSafe();
  }

  @Test
  void saysThatTheManifestIsGone() {
    var world = new World();
    pushed(world.client(APP));
    world.client(APP).delete(FIRST);
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new ManifestGone(ONE));
    world.client(APP).pulls("latest", SECOND);
    world.isSafe();
  }

  @Test
  void hasNowhereToGoBackToAfterTheFirstMove() {
    var world = new World();
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new NoSuchMove());
    world.client(APP).push(FIRST, "latest");
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new NoSuchMove());
  }

  @Test
  void remembersOnlySoMuch() {
    var world = new World();
    var client = world.client(APP);
    client.pushParts(FIRST);
    client.pushParts(SECOND);
    for (int i = 0; i < TagRecord.MAX_MOVES; i++) {
      client.put(FIRST, "latest");
      client.put(SECOND, "latest");
    }
    assertThat(history(world.process(), LATEST)).hasSize(TagRecord.MAX_MOVES);
    assertThat(restore(world.process(), Optional.empty())).isEqualTo(new Restored(ONE));
    world.isSafe();
  }

  @Test
  void aTagMadeAnewGoesOnBehindItsHistoryWhateverTheClockSays() {
    for (var off : List.of(Duration.ofDays(3650), Duration.ofDays(-3650))) {
      var world = new World();
      world.client(APP).push(FIRST, "latest");
      world.client(APP).untag("latest");
      world.passes(off);
      world.other(APP).push(SECOND, "latest");
      assertThat(history(world.process(), LATEST))
          .extracting(Move::to)
          .containsExactly(Optional.of(ONE), Optional.empty(), Optional.of(TWO));
      world.isSafe();
    }
  }

  @Test
  void aTagThatHasForgottenMovesIsMadeAnewBehindThem() {
    var world = new World();
    var client = world.client(APP);
    client.pushParts(FIRST);
    client.pushParts(SECOND);
    for (int i = 0; i < TagRecord.MAX_MOVES; i++) {
      client.put(FIRST, "latest");
      client.put(SECOND, "latest");
    }
    client.untag("latest");
    client.put(FIRST, "latest");
    assertThat(history(world.process(), LATEST).getLast().to()).contains(ONE);
    world.isSafe();
  }

  @Test
  void aTagThatIsMadeAndRemovedWhileItIsMadeStaysInOrder() {
    for (boolean hadALife : List.of(false, true)) {
      Interleaving.sweep(
          world -> {
            if (hadALife) {
              pushed(world.other(APP));
              world.other(APP).untag("latest");
            }
            return new Race(
                () -> world.client(APP).push(FIRST, "latest"),
                () -> {
                  world.other(APP).push(SECOND, "latest");
                  world.other(APP).untag("latest");
                  world.passes(Duration.ofDays(-1));
                },
                () -> {});
          });
    }
  }

  @Test
  void ofFiftyWritersEveryMoveIsAVersionOfItsOwn() throws Exception {
    var world = new World();
    var images = IntStream.range(0, 50).mapToObj(TestImage::numbered).toList();
    images.forEach(world.client(APP)::pushParts);
    var puts =
        images.stream().<Callable<PutResult>>map(i -> () -> world.client(APP).put(i, "latest"));
    try (var writers = Executors.newFixedThreadPool(8)) {
      for (var put : writers.invokeAll(puts.toList())) {
        Client.stored(put.get());
      }
    }
    var moves = history(world.process(), LATEST);
    assertThat(moves).hasSize(50);
    // Each one comes from where the one before it went.
    for (int i = 1; i < moves.size(); i++) {
      assertThat(moves.get(i).from()).isEqualTo(moves.get(i - 1).to());
    }
    assertThat(world.client(APP).tagged("latest")).isEqualTo(moves.getLast().to());
    world.isSafe();
  }

  @Test
  void aCrashLeavesTheTagWhereItWasOrWhereItShallBe() {
    for (boolean deleted : List.of(false, true)) {
      CrashSweep.sweep(
          world -> {
            pushed(world.other(APP));
            if (deleted) {
              world.other(APP).untag("latest");
            }
            var first = history(world.bystander(), LATEST).getFirst().version();
            return new Story(
                () -> restore(world.process(), Optional.of(first)),
                () -> world.client(APP).pulls("latest", FIRST));
          });
    }
  }

  @Test
  void aTagIsPutBackWhileItMovesOrItsManifestIsDeleted() {
    Interleaving.sweep(
        world -> {
          pushed(world.other(APP));
          return new Race(
              () -> restore(world.process(), Optional.empty()),
              () -> world.other(APP).push(TestImage.numbered(3), "latest"),
              () -> assertThat(world.client(APP).tagged("latest")).isPresent());
        });
    Interleaving.sweep(
        world -> {
          pushed(world.other(APP));
          return new Race(
              () -> restore(world.process(), Optional.empty()),
              () -> world.other(APP).delete(FIRST),
              () -> world.client(APP).pulls("latest", SECOND));
        });
    Interleaving.sweep(
        world -> {
          pushed(world.other(APP));
          return new Race(
              () -> restore(world.process(), Optional.empty()),
              () -> world.other(APP).untag("latest"),
              () -> {});
        });
  }

  @Test
  void costsFiveCalls() {
    var world = new World();
    pushed(world.other(APP));
    world.faults().restart();
    restore(world.process(), Optional.empty());
    assertThat(String.join(" ", world.faults().calls())).isEqualTo("get get get get transact");
  }
}
