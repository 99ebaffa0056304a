package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.ManifestDelete.Deletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pushes, tag moves and deletions meet each other, in every order of their store calls. */
class ManifestRaceTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);

  private static String digest(TestImage image) {
    return image.manifest().digest().toString();
  }

  /** A race of two clients' doings, after something was prepared. */
  private static void race(
      Consumer<Client> before, Consumer<Client> one, Consumer<Client> two, Consumer<Client> then) {
    sweep(
        world -> {
          before.accept(world.other(APP));
          return new Race(
              () -> one.accept(world.client(APP)),
              () -> two.accept(world.other(APP)),
              () -> then.accept(world.client(APP)));
        });
  }

  private static void bothImages(Client client) {
    client.pushParts(FIRST);
    client.pushParts(SECOND);
  }

  @Test
  void ofTwoNewManifestsUnderOneTagTheLastOneHasIt() {
    // The second client is done before the first one is, so the first one's is the last.
    race(
        ManifestRaceTest::bothImages,
        client -> Client.stored(client.put(FIRST, "latest")),
        client -> Client.stored(client.put(SECOND, "latest")),
        client -> {
          client.pulls(digest(FIRST), FIRST);
          client.pulls(digest(SECOND), SECOND);
          assertThat(client.tagged("latest")).contains(FIRST.manifest().digest());
        });
  }

  @Test
  void theSameManifestIsPushedTwiceAtOnce() {
    race(
        ManifestRaceTest::bothImages,
        client -> Client.stored(client.put(FIRST, "latest")),
        client -> Client.stored(client.put(FIRST, "latest")),
        client -> client.pulls("latest", FIRST));
    race(
        ManifestRaceTest::bothImages,
        client -> Client.stored(client.put(FIRST, "one")),
        client -> Client.stored(client.put(FIRST, digest(FIRST))),
        client -> client.pulls("one", FIRST));
    race(
        ManifestRaceTest::bothImages,
        client -> Client.stored(client.put(FIRST, digest(FIRST))),
        client -> Client.stored(client.put(FIRST, "one")),
        client -> client.pulls("one", FIRST));
  }

  @Test
  void aTagThatMovesAwayAndBackIsNotTakenForOneThatStayed() {
    race(
        client -> {
          client.push(FIRST, "latest");
          client.push(SECOND, "second");
        },
        client -> client.untag("latest"),
        client -> {
          Client.stored(client.put(SECOND, "latest"));
          Client.stored(client.put(FIRST, "latest"));
        },
        client -> client.misses("latest"));
    race(
        client -> {
          client.push(FIRST, "latest");
          client.push(SECOND, "second");
        },
        client -> Client.stored(client.put(SECOND, "latest")),
        client -> {
          Client.stored(client.put(SECOND, "latest"));
          Client.stored(client.put(FIRST, "latest"));
        },
        client -> client.pulls(digest(SECOND), SECOND));
  }

  @Test
  void ofADeletedTagAndAMovedTagEitherIsTheLast() {
    race(
        client -> {
          client.push(FIRST, "latest");
          client.pushParts(SECOND);
        },
        client -> assertThat(client.untag("latest")).isEqualTo(new Deletion.Deleted()),
        client -> Client.stored(client.put(SECOND, "latest")),
        client -> client.pulls(digest(SECOND), SECOND));
    race(
        client -> {
          client.push(FIRST, "latest");
          client.pushParts(SECOND);
        },
        client -> Client.stored(client.put(SECOND, "latest")),
        client -> assertThat(client.untag("latest")).isEqualTo(new Deletion.Deleted()),
        client -> client.pulls(digest(SECOND), SECOND));
  }

  @Test
  void ofTwoDeletionsOfATagOneFindsIt() {
    var deletions = new ArrayList<Deletion>();
    race(
        client -> {
          client.push(FIRST, "latest");
          deletions.clear();
        },
        client -> deletions.add(client.untag("latest")),
        client -> deletions.add(client.untag("latest")),
        client ->
            assertThat(deletions)
                .containsExactlyInAnyOrder(new Deletion.Deleted(), new Deletion.Unknown()));
  }

  @Test
  void aManifestIsDeletedWhileItIsTagged() {
    race(
        client -> client.push(FIRST, "one"),
        client -> assertThat(client.delete(FIRST)).isEqualTo(new Deletion.Deleted()),
        client -> Client.stored(client.put(FIRST, "two")),
        client -> {
          client.misses("one");
          client.misses("two");
        });
    race(
        client -> client.push(FIRST, "one"),
        client -> Client.stored(client.put(FIRST, "two")),
        client -> assertThat(client.delete(FIRST)).isEqualTo(new Deletion.Deleted()),
        client -> client.misses("one"));
  }

  @Test
  void aManifestWithManyTagsIsDeletedWhileItIsTaggedAndUntagged() {
    for (var second :
        List.<Consumer<Client>>of(
            client -> client.put(FIRST, "more"),
            client -> client.untag("t3"),
            client -> client.put(SECOND, "t5"),
            client -> client.delete(FIRST))) {
      race(
          client -> {
            client.pushParts(FIRST);
            client.push(SECOND, "other");
            IntStream.range(0, 66).forEach(n -> client.put(FIRST, "t" + n));
          },
          client -> assertThat(client.delete(FIRST)).isNotInstanceOf(Deletion.InUse.class),
          second,
          client -> client.pulls("other", SECOND));
    }
  }

  @Test
  void aManifestIsDeletedAndPushedAgain() {
    race(
        client -> client.push(FIRST, "one"),
        client -> assertThat(client.delete(FIRST)).isEqualTo(new Deletion.Deleted()),
        client -> {
          client.delete(FIRST);
          Client.stored(client.put(FIRST, "one"));
        },
        client -> client.misses("two"));
    race(
        client -> client.push(FIRST, "one"),
        client -> Client.stored(client.put(FIRST, "two")),
        client -> {
          client.delete(FIRST);
          Client.stored(client.put(FIRST, "one"));
        },
        client -> {
          client.pulls("one", FIRST);
          client.pulls("two", FIRST);
        });
  }

  @Test
  void aLargeManifestIsTaggedWhileItIsDeletedAndKeepsItsBody() {
    for (int bytes : new int[] {100 * 1024, 600 * 1024}) {
      var large = TestImage.withNoise(bytes);
      race(
          client -> client.push(large, "one"),
          client -> Client.stored(client.put(large, "two")),
          client -> assertThat(client.delete(large)).isEqualTo(new Deletion.Deleted()),
          client -> client.misses("one"));
    }
  }

  @Test
  void manifestsThatShareAllLayersComeAndGo() {
    var twin = TestImage.of(FIRST.blobs().getFirst(), FIRST.blobs().get(1), FIRST.blobs().get(1));
    race(
        client -> client.push(FIRST, "one"),
        client -> assertThat(client.delete(FIRST)).isEqualTo(new Deletion.Deleted()),
        client -> Client.stored(client.put(twin, "twin")),
        client -> client.pulls("twin", twin));
  }

  @Test
  void ofAnIndexAndTheDeletionOfWhatItNamesOneWins() {
    var index = TestImage.index(Optional.empty(), FIRST, SECOND);
    var put = new ArrayList<PutResult>();
    var deletion = new ArrayList<Deletion>();
    Consumer<Client> begin =
        client -> {
          client.pushParts(index);
          put.clear();
          deletion.clear();
        };
    Consumer<Client> push = client -> put.add(client.put(index, "latest"));
    Consumer<Client> delete = client -> deletion.add(client.delete(FIRST));
    Consumer<Client> then =
        client -> {
          if (put.getFirst() instanceof PutResult.Stored) {
            var holder = Optional.of(index.manifest().digest());
            assertThat(deletion).containsExactly(new Deletion.InUse(holder));
            client.pulls("latest", index);
          } else {
            assertThat(put)
                .containsExactly(new PutResult.Incomplete(List.of(FIRST.manifest().digest())));
            assertThat(deletion).containsExactly(new Deletion.Deleted());
          }
        };
    race(begin, push, delete, then);
    race(begin, delete, push, then);
  }

  @Test
  void theFirstTwoManifestsOfARepositoryComeAtOnce() {
    race(
        ManifestRaceTest::bothImages,
        client -> Client.stored(client.put(FIRST, "one")),
        client -> Client.stored(client.put(SECOND, "two")),
        client -> {
          client.pulls("one", FIRST);
          client.pulls("two", SECOND);
        });
  }
}
