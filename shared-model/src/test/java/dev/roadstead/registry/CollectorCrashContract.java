package dev.roadstead.registry;

import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.CrashSweep.Story;
import dev.roadstead.store.MetadataStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The collector survives a crash before and after every store call, and the next run ends it,
 * whatever store the metadata is in.
 */
public interface CollectorCrashContract {
  Duration LONG = Duration.ofDays(40);
  TestImage IMAGE = TestImage.numbered(1);
  TestBlob BLOB = TestBlob.random(1, 1000);

  /** An empty store; those that were asked for earlier are not used any more. */
  MetadataStore emptyStore();

  static void collect(TestProcess process) {
    CollectorTest.collector(process, Optional.of(Duration.ZERO)).run();
  }

  /** Collection through the process that dies, after something was done and time has passed. */
  private void sweepRun(Consumer<Client> before, Consumer<World> then) {
    sweep(
        () -> new World(RegistrySettings.DEFAULTS, emptyStore()),
        world -> {
          before.accept(world.other(APP));
          world.passes(LONG);
          return new Story(() -> collect(world.process()), () -> then.accept(world));
        });
  }

  private static void nothingIsLeft(World world) {
    for (int run = 0; run < 3; run++) {
      world.passes(LONG);
      collect(world.bystander());
    }
    assertThat(world.objects().keys()).isEmpty();
    assertThat(world.objects().multiparts()).isEmpty();
    var left = Contents.of(world.all());
    assertThat(left.links()).isEmpty();
    assertThat(left.blobs()).isEmpty();
    assertThat(left.manifests()).isEmpty();
    assertThat(left.sessions()).isEmpty();
    assertThat(left.orphans()).isEmpty();
    assertThat(left.trash()).isEmpty();
    assertThat(left.tombstones()).isEmpty();
    assertThat(left.progress()).isEmpty();
  }

  @Test
  default void idleLink() {
    sweepRun(client -> client.push(BLOB), CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void idleLinkOfABlobThatAnotherRepositoryHas() {
    sweepRun(
        client -> {
          client.push(BLOB);
          client.world().other(OTHER).push(TestImage.of(BLOB), "latest");
        },
        world -> world.client(OTHER).pulls("latest", TestImage.of(BLOB)));
  }

  @Test
  default void trash() {
    sweepRun(
        client -> {
          client.push(BLOB);
          client.delete(BLOB);
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void uploadWithParts() {
    var large = TestBlob.random(3, 2 * TestBlob.PART_BYTES);
    sweepRun(
        client -> {
          var upload = client.post();
          client.patchAt(upload, 0, large.slice(0, TestBlob.PART_BYTES));
          client.patchAt(
              upload,
              TestBlob.PART_BYTES,
              large.slice(TestBlob.PART_BYTES, 2 * TestBlob.PART_BYTES));
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void uploadThatWasGivenUp() {
    sweepRun(
        client -> {
          var upload = client.post();
          client.patch(upload, BLOB.bytes());
          client.cancel(upload);
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void untaggedImage() {
    sweepRun(
        client -> {
          client.push(IMAGE, "latest");
          client.untag("latest");
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void tombstoneOfAManifestWithAReferrer() {
    sweepRun(
        client -> {
          client.push(IMAGE, "latest");
          var signature = TestImage.about(IMAGE, "application/vnd.example.signature", 1);
          client.push(signature, signature.manifest().digest().toString());
          client.delete(IMAGE);
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void tombstoneOfAManifestWhoseBodyIsAnObject() {
    sweepRun(
        client -> {
          client.push(TestImage.withNoise(600 * 1024), "latest");
          client.delete(TestImage.withNoise(600 * 1024));
        },
        CollectorCrashContract::nothingIsLeft);
  }

  @Test
  default void deletionThatWasCutShort() {
    sweepRun(
        client -> {
          IntStream.range(0, 70).forEach(n -> client.push(IMAGE, "t" + n));
          var world = client.world();
          world.crashes(2, When.AFTER, () -> world.client(APP).delete(IMAGE));
        },
        CollectorCrashContract::nothingIsLeft);
  }
}
