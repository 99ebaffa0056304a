package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.collect.Collector;
import dev.roadstead.registry.collect.Report;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A policy or a defect that would take everything is stopped, until somebody has looked. */
class BreakerTest {
  private static final CollectionLimits LIMITS = new CollectionLimits(5, 10, 50);

  private final World world =
      new World(
          RegistrySettings.DEFAULTS
              .withLives(Duration.ofDays(1), Duration.ofDays(37), Optional.of(Duration.ZERO))
              .withCollectionLimits(LIMITS));
  private final Client client = world.client(APP);

  private Collector collector() {
    return new Collector(world.process().environment());
  }

  private Report collect() {
    var report = collector().run();
    world.isSafe();
    return report;
  }

  private void push(int from, int to) {
    IntStream.range(from, to).forEach(n -> client.push(TestBlob.of("blob " + n)));
  }

  private long blobs() {
    return Contents.of(world.all()).blobs().size();
  }

  @Test
  void aShareOfTheBlobsWithinBounds() {
    assertThat(LIMITS.of(0)).isEqualTo(10);
    assertThat(LIMITS.of(400)).isEqualTo(20);
    assertThat(LIMITS.of(1_000_000)).isEqualTo(50);
    assertThat(CollectionLimits.DEFAULTS.of(100_000)).isEqualTo(5000);
    assertThat(CollectionLimits.DEFAULTS.of(Long.MAX_VALUE)).isEqualTo(10_000);
  }

  @Test
  void stopsBeforeTheLimitIsPassedAndStandsStillUntilThatIsAcknowledged() {
    push(0, 40);
    world.passes(Duration.ofDays(1));
    var report = collect();
    assertThat(report.stopped()).isTrue();
    assertThat(report.condemned()).isLessThanOrEqualTo(10);
    long left = blobs();
    world.passes(Duration.ofDays(3));
    assertThat(collect()).isEqualTo(new Report(0, 0, 0, 0, 0, 0, 0, 0, 0, false, true));
    assertThat(blobs()).isEqualTo(left);
    assertThat(collector().breaker().state().orElseThrow().stoppedAtSeconds()).isPresent();

    assertThat(collector().breaker().acknowledge(Client.CALLER)).isTrue();
    assertThat(collector().breaker().acknowledge(Client.CALLER)).isFalse();
    collect();
    assertThat(blobs()).isLessThan(left).isGreaterThanOrEqualTo(left - 10);
  }

  @Test
  void allowsAShareOfALargerRegistry() {
    var layers = IntStream.range(0, 80).mapToObj(n -> TestBlob.of("layer " + n));
    client.push(TestImage.of(TestBlob.of("config"), layers.toArray(TestBlob[]::new)), "one");
    var others = IntStream.range(100, 180).mapToObj(n -> TestBlob.of("layer " + n));
    client.push(TestImage.of(TestBlob.of("config"), others.toArray(TestBlob[]::new)), "two");
    var rest = IntStream.range(200, 280).mapToObj(n -> TestBlob.of("layer " + n));
    client.push(TestImage.of(TestBlob.of("config"), rest.toArray(TestBlob[]::new)), "three");
    push(0, 12); // 5 percent of 253 blobs are 12
    world.passes(Duration.ofDays(1));
    var report = collect();
    assertThat(report.stopped()).isFalse();
    assertThat(report.condemned()).isEqualTo(12);
  }

  @Test
  void countsEachDayAnew() {
    push(0, 9);
    world.passes(Duration.ofDays(1));
    assertThat(collect().condemned()).isEqualTo(9);
    push(10, 19);
    world.passes(Duration.ofDays(1));
    assertThat(collect().condemned()).isEqualTo(9);
    assertThat(collector().breaker().state().orElseThrow().stoppedAtSeconds()).isEmpty();
  }

  @Test
  void doesNotCountWhatPeopleDeleteOrWhatOnlyLeavesTheTrash() {
    push(0, 40);
    IntStream.range(0, 40).forEach(n -> client.delete(TestBlob.of("blob " + n)));
    world.passes(Duration.ofDays(37));
    var report = collect();
    assertThat(report.purged()).isEqualTo(40);
    assertThat(report.stopped()).isFalse();
  }
}
