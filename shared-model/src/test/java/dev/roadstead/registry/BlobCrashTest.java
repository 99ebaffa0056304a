package dev.roadstead.registry;

import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.CrashSweep.Story;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Claims, mounts and deletions of blobs survive a crash before and after every store call. */
class BlobCrashTest {
  private static final TestBlob LAYER = TestBlob.random(1, 1000);
  private static final TestImage IMAGE = TestImage.of(TestBlob.of("{}"), LAYER);

  /** Somebody needs a blob that a direct PUT has brought. */
  private static void sweepClaim(Consumer<World> before, BiConsumer<World, Client> need) {
    sweep(
        world -> {
          before.accept(world);
          world.other(APP).pushDirect(LAYER);
          var client = world.client(APP);
          return new Story(() -> need.accept(world, client), () -> client.pulls(LAYER));
        });
  }

  private static void sweepClaimInEveryForm(BiConsumer<World, Client> need) {
    sweepClaim(world -> {}, need);
    sweepClaim(world -> world.other(OTHER).push(LAYER), need);
    sweepClaim(world -> world.other(APP).pushDirect(LAYER), need);
  }

  @Test
  void claimByHead() {
    sweepClaimInEveryForm((world, client) -> assertThat(client.has(LAYER)).isTrue());
  }

  @Test
  void claimByGet() {
    sweepClaimInEveryForm((world, client) -> client.pulls(LAYER));
  }

  @Test
  void claimByEvent() {
    sweepClaimInEveryForm(
        (world, client) ->
            world
                .directPuts()
                .forEach(key -> world.process().claims().arrived(APP, LAYER.digest(), key)));
  }

  @Test
  void claimByManifest() {
    sweepClaimInEveryForm(
        (world, client) -> {
          world.other(APP).pushDirect(IMAGE.blobs().getFirst());
          Client.stored(client.put(IMAGE, "latest"));
          client.pulls("latest", IMAGE);
        });
  }

  @Test
  void claimByMount() {
    sweepClaimInEveryForm(
        (world, client) -> {
          var mounted = world.process().blobs().mount(OTHER, LAYER.digest(), Optional.of(APP));
          assertThat(mounted).isTrue();
        });
  }

  @Test
  void claimByDelete() {
    sweep(
        world -> {
          world.other(APP).pushDirect(LAYER);
          var client = world.client(APP);
          return new Story(
              () -> client.delete(LAYER), () -> assertThat(client.has(LAYER)).isFalse());
        });
  }

  @Test
  void anEventForWhatNobodyCanClaimAnyMore() {
    sweep(
        world -> {
          var client = world.client(APP);
          var upload = client.post();
          client.cancel(upload);
          client.putDirect(upload, LAYER);
          return new Story(
              () ->
                  world
                      .directPuts()
                      .forEach(key -> world.process().claims().arrived(APP, LAYER.digest(), key)),
              () -> {
                assertThat(client.has(LAYER)).isFalse();
                assertThat(world.directPuts()).isEmpty();
              });
        });
  }

  @Test
  void mount() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          return new Story(
              () ->
                  assertThat(world.process().blobs().mount(APP, LAYER.digest(), Optional.of(OTHER)))
                      .isTrue(),
              () -> world.client(APP).pulls(LAYER));
        });
  }

  @Test
  void mountFromAnywhere() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          return new Story(
              () ->
                  assertThat(world.process().blobs().mount(APP, LAYER.digest(), Optional.empty()))
                      .isTrue(),
              () -> world.client(APP).pulls(LAYER));
        });
  }

  @Test
  void leaseBeforeAPush() {
    sweep(
        world -> {
          world.other(APP).push(LAYER);
          world.passes(Duration.ofHours(20));
          var client = world.client(APP);
          return new Story(() -> assertThat(client.has(LAYER)).isTrue(), () -> client.pulls(LAYER));
        });
  }

  @Test
  void deleteOfABlobThatNobodyElseHas() {
    sweepDelete(world -> {});
  }

  @Test
  void deleteOfABlobThatAnotherRepositoryHasToo() {
    sweepDelete(world -> world.other(OTHER).push(LAYER));
  }

  private static void sweepDelete(Consumer<World> before) {
    sweep(
        world -> {
          before.accept(world);
          world.other(APP).push(LAYER);
          var client = world.client(APP);
          return new Story(
              () -> assertThat(client.delete(LAYER)).isNotInstanceOf(Blobs.Deletion.InUse.class),
              () -> assertThat(client.has(LAYER)).isFalse());
        });
  }

  @Test
  void deleteOfABlobInUse() {
    sweep(
        world -> {
          world.other(APP).push(IMAGE, "latest");
          var client = world.client(APP);
          return new Story(
              () ->
                  assertThat(client.delete(LAYER))
                      .isEqualTo(new Blobs.Deletion.InUse(Optional.of(IMAGE.manifest().digest()))),
              () -> client.pulls("latest", IMAGE));
        });
  }
}
