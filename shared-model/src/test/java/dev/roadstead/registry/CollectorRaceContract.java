package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.store.MetadataStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The collector meets everything else, in every order of their store calls, with no grace at all:
 * the worst case. Whatever comes of it, nothing visible misses a part, whatever store the metadata
 * is in.
 */
public interface CollectorRaceContract {
  TestImage IMAGE = TestImage.numbered(1);
  TestBlob LAYER = IMAGE.blobs().getLast();

  RegistrySettings AT_ONCE =
      RegistrySettings.DEFAULTS.withLives(Duration.ZERO, Duration.ZERO, Optional.empty());

  /** An empty store; those that were asked for earlier are not used any more. */
  MetadataStore emptyStore();

  private World atOnce() {
    return new World(AT_ONCE, emptyStore());
  }

  private static void collect(TestProcess process) {
    CollectorTest.collector(process, Optional.of(Duration.ZERO)).run();
  }

  /** A client through the process that is interrupted, and a collector in between. */
  private void interruptedByCollector(
      Consumer<World> before, Consumer<Client> act, Consumer<World> then) {
    sweep(
        this::atOnce,
        world -> {
          before.accept(world);
          return new Race(
              () -> act.accept(world.client(APP)),
              () -> collect(world.bystander()),
              () -> then.accept(world));
        });
  }

  /** A collector that is interrupted, and a client in between. */
  private void interruptingCollector(
      Consumer<World> before, Consumer<Client> act, Consumer<World> then) {
    sweep(
        this::atOnce,
        world -> {
          before.accept(world);
          return new Race(
              () -> collect(world.process()),
              () -> act.accept(world.other(APP)),
              () -> then.accept(world));
        });
  }

  /** Either everything is there, or nothing is and the client is told what to push again. */
  private static void isWholeOrMissing(PutResult put, World world) {
    if (put instanceof PutResult.Stored) {
      world.other(APP).pulls("latest", IMAGE);
    } else {
      assertThat(put).isInstanceOf(PutResult.Incomplete.class);
      world.other(APP).misses("latest");
    }
  }

  @Test
  default void aManifestFindsItsBlobsOrIsToldThatTheyAreGone() {
    var puts = new ArrayList<PutResult>();
    interruptedByCollector(
        world -> world.other(APP).pushParts(IMAGE),
        client -> puts.add(client.put(IMAGE, "latest")),
        world -> isWholeOrMissing(puts.getLast(), world));
    interruptingCollector(
        world -> world.other(APP).pushParts(IMAGE),
        client -> puts.add(client.put(IMAGE, "latest")),
        world -> isWholeOrMissing(puts.getLast(), world));
  }

  @Test
  default void aBlobIsPushedWhileItsOldLinkIsCollectedAndItsOldObjectPurged() {
    Consumer<World> deleted =
        world -> {
          world.other(APP).push(LAYER);
          world.other(APP).delete(LAYER);
        };
    interruptingCollector(
        deleted,
        client -> client.push(LAYER),
        world -> {
          if (world.other(APP).has(LAYER)) {
            world.other(APP).pulls(LAYER);
          }
        });
    interruptedByCollector(
        world -> {
          world.other(APP).push(LAYER);
        },
        client -> client.push(LAYER),
        world -> {
          if (world.other(APP).has(LAYER)) {
            world.other(APP).pulls(LAYER);
          }
        });
  }

  @Test
  default void aBlobIsMountedWhileItsLastLinkIsCollected() {
    var digest = LAYER.digest();
    Consumer<Client> mount =
        client -> client.running().get().blobs().mount(APP, digest, Optional.of(OTHER));
    Consumer<World> pulls =
        world -> {
          if (world.other(APP).has(LAYER)) {
            world.other(APP).pulls(LAYER);
          }
        };
    interruptedByCollector(world -> world.other(OTHER).push(LAYER), mount, pulls);
    interruptingCollector(world -> world.other(OTHER).push(LAYER), mount, pulls);
  }

  @Test
  default void twoRepositoriesLoseTheSameBlobAtOnceAndItsObjectGoesToTheTrashOnce() {
    sweep(
        () -> new World(RegistrySettings.DEFAULTS, emptyStore()),
        world -> {
          world.other(APP).push(LAYER);
          world.other(OTHER).push(LAYER);
          world.passes(Duration.ofDays(2));
          return new Race(
              () -> collect(world.process()),
              () -> collect(world.bystander()),
              () -> assertThat(trashOfBlobs(world)).isEqualTo(1));
        });
  }

  private static long trashOfBlobs(World world) {
    return Contents.of(world.all()).trash().values().stream()
        .filter(item -> TrashRecord.of(item).reason().isBlob())
        .count();
  }

  @Test
  default void twoCollectorsDoTheWorkOfOne() {
    sweep(
        this::atOnce,
        world -> {
          world.other(APP).push(IMAGE, "latest");
          world.other(APP).delete(IMAGE);
          return new Race(
              () -> collect(world.process()),
              () -> collect(world.bystander()),
              () -> {
                collect(world.bystander());
                assertThat(world.objects().keys()).isEmpty();
              });
        });
  }

  @Test
  default void anUntaggedManifestIsTaggedAgainWhileItIsCollected() {
    var puts = new ArrayList<PutResult>();
    Consumer<World> untagged =
        world -> {
          world.other(APP).push(IMAGE, "old");
          world.other(APP).untag("old");
        };
    interruptingCollector(
        untagged,
        client -> puts.add(client.put(IMAGE, "latest")),
        world -> isWholeOrMissing(puts.getLast(), world));
    interruptedByCollector(
        untagged,
        client -> puts.add(client.put(IMAGE, "latest")),
        world -> isWholeOrMissing(puts.getLast(), world));
  }

  @Test
  default void anIndexIsPushedWhileItsImagesAreCollected() {
    var index = TestImage.index(Optional.empty(), IMAGE);
    var puts = new ArrayList<PutResult>();
    Consumer<World> then =
        world -> {
          if (puts.getLast() instanceof PutResult.Stored) {
            world.other(APP).pulls("latest", index);
          } else {
            world.other(APP).misses("latest");
          }
        };
    Consumer<World> before = world -> world.other(APP).pushParts(index);
    Consumer<Client> put = client -> puts.add(client.put(index, "latest"));
    interruptedByCollector(before, put, then);
    interruptingCollector(before, put, then);
  }

  @Test
  default void aSubjectComesWhileItsReferrerIsCollected() {
    var signature = TestImage.about(IMAGE, "application/vnd.example.signature", 1);
    Consumer<World> before =
        world -> {
          world.other(APP).push(signature, digest(signature));
          world.other(APP).pushParts(IMAGE);
        };
    Consumer<Client> put = client -> client.put(IMAGE, "latest");
    interruptedByCollector(before, put, world -> {});
    interruptingCollector(before, put, world -> {});
  }

  @Test
  default void aSubjectGoesWhileItsReferrerIsFoundToBeNeeded() {
    var signature = TestImage.about(IMAGE, "application/vnd.example.signature", 1);
    interruptingCollector(
        world -> {
          world.other(APP).push(IMAGE, "latest");
          world.other(APP).push(signature, digest(signature));
        },
        client -> client.delete(IMAGE),
        world -> {
          collect(world.bystander());
          collect(world.bystander());
          world.other(APP).misses(digest(signature));
        });
  }

  @Test
  default void anUploadIsFinishedWhileItsSessionExpires() {
    sweep(
        this::atOnce,
        world -> {
          var client = world.client(APP);
          var upload = Client.Upload.of(client.patch(client.post(), LAYER.bytes()));
          world.passes(Duration.ofDays(2));
          return new Race(
              () -> collect(world.process()),
              () -> tolerant(() -> world.other(APP).putEmpty(upload, LAYER.digest())),
              () -> {
                if (world.other(APP).has(LAYER)) {
                  world.other(APP).pulls(LAYER);
                }
              });
        });
  }

  private static void tolerant(Runnable request) {
    try {
      request.run();
    } catch (dev.roadstead.error.RegistryException expired) {
      assertThat(expired.status()).isEqualTo(404);
    }
  }

  private static String digest(TestImage image) {
    Digest digest = image.manifest().digest();
    return digest.toString();
  }
}
