package dev.roadstead.registry;

import static dev.roadstead.registry.ConcurrencyTest.allAtOnce;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.collect.Collector;
import dev.roadstead.registry.collect.Report;
import dev.roadstead.store.MetadataStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A storm on one layer, with real threads and whatever store the metadata is in: everybody
 * succeeds, every count is exact, and when nobody needs the layer any more it goes once.
 */
public interface HotLayerContract {
  int PUSHERS = 200;
  Duration LONG = Duration.ofDays(40);
  TestBlob LAYER = TestBlob.of("the layer that all of them share");

  /** An empty store; those that were asked for earlier are not used any more. */
  MetadataStore emptyStore();

  private static List<TestImage> images() {
    return IntStream.range(0, PUSHERS)
        .mapToObj(n -> TestImage.of(TestBlob.of("config " + n), LAYER))
        .toList();
  }

  @Test
  default void twoHundredPushesOfOneLayerAllSucceedAndItGoesWithTheLastOfThem() throws Exception {
    var world = new World(RegistrySettings.DEFAULTS, emptyStore());
    var client = world.other(APP);
    var images = images();
    allAtOnce(images.stream().map(image -> pushes(client, image)).toList());
    world.isSafeAfterEvents();
    var layer = Keys.link(APP, LAYER.digest());
    assertThat(world.all().stream().filter(item -> item.key().equals(layer)))
        .singleElement()
        .satisfies(link -> assertThat(link.number(LinkRecord.REFS)).isEqualTo(PUSHERS));

    allAtOnce(images.stream().<Callable<Object>>map(image -> () -> client.delete(image)).toList());
    world.isSafeAfterEvents();
    world.passes(LONG);
    var collectors = IntStream.range(0, 4).mapToObj(n -> collects(world)).toList();
    var reports = allAtOnce(collectors);
    world.isSafe();
    assertThat(reports.stream().mapToLong(Report::failed).sum()).isZero();
    assertThat(Contents.of(world.all()).links()).isEmpty();
    assertThat(Contents.of(world.all()).blobs()).isEmpty();
    allAtOnce(collectors);
    world.passes(LONG);
    allAtOnce(collectors);
    assertThat(world.objects().keys()).isEmpty();
  }

  private static Callable<Object> pushes(Client client, TestImage image) {
    return () -> {
      client.push(image, image.manifest().digest().toString());
      return true;
    };
  }

  private static Callable<Report> collects(World world) {
    var e = world.bystander().environment();
    var settings = e.settings().withCollectionLimits(CollectionLimits.exactly(10 * PUSHERS));
    var environment = new Environment(e.metadata(), e.blobs(), e.clock(), e.ids(), settings);
    return () -> new Collector(environment).run();
  }
}
