package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A link and a repository at which too many pushes meet are spread, and come together again,
 * whatever store the metadata is in.
 */
public interface StripesContract {
  /** An empty store; those that were asked for earlier are not used any more. */
  MetadataStore emptyStore();

  TestBlob LAYER = TestBlob.of("the layer that all of them share");
  TestImage FIRST = image(1);
  TestImage SECOND = image(2);
  TestImage THIRD = image(3);
  Key LINK = Keys.link(APP, LAYER.digest());
  Key REPOSITORY = Keys.repository(APP);
  Duration LONG = Duration.ofDays(2);

  static TestImage image(int number) {
    return TestImage.of(TestBlob.of("config " + number), LAYER);
  }

  private CrowdedStore crowd() {
    return CrowdedStore.over(emptyStore());
  }

  /** One image at the link, and one at its stripes. */
  static World spread(CrowdedStore crowd) {
    var world = new World(RegistrySettings.DEFAULTS, crowd);
    world.client(APP).push(FIRST, "1");
    crowd.crowded().addAll(List.of(LINK, REPOSITORY));
    world.client(APP).push(SECOND, "2");
    crowd.crowded().clear();
    world.isSafe();
    assertThat(stripes(world)).isEqualTo(2L * Stripes.COUNT);
    return world;
  }

  private static long stripes(World world) {
    return Contents.of(world.all()).stripes().size();
  }

  private static long refs(World world) {
    return world.items().get(LINK, Consistency.STRONG).orElseThrow().number(LinkRecord.REFS);
  }

  static void collect(World world) {
    CollectorCrashContract.collect(world.bystander());
  }

  @Test
  default void aPushThatAlwaysMeetsOthersCountsAtAStripe() {
    var world = spread(crowd());
    assertThat(refs(world)).isEqualTo(1);
    var link = world.items().get(LINK, Consistency.STRONG).orElseThrow();
    assertThat(Contents.of(world.all()).refs(link)).isEqualTo(2);
    world.client(APP).pulls("2", SECOND);
  }

  @Test
  default void aProcessThatMeetsNobodyUsesTheLinkItself() {
    var world = spread(crowd());
    world.restart();
    world.client(APP).push(THIRD, "3");
    assertThat(refs(world)).isEqualTo(2);
    world.isSafe();
  }

  @Test
  default void theSameProcessGoesOnAtTheStripesUntilTheyAreGone() {
    var world = spread(crowd());
    world.client(APP).push(THIRD, "3");
    assertThat(refs(world)).isEqualTo(1);
    var stripes = new Stripes(world.bystander().environment());
    stripes.foldLink(APP, LAYER.digest());
    stripes.foldRepository(APP);
    assertThat(stripes(world)).isZero();
    world.client(APP).push(image(4), "4");
    assertThat(refs(world)).isEqualTo(4);
    world.isSafe();
  }

  @Test
  default void countsOffAtTheLinkWhateverWasCountedWhere() {
    var world = spread(crowd());
    world.client(APP).delete(FIRST);
    world.client(APP).delete(SECOND);
    assertThat(refs(world)).isEqualTo(-1);
    world.isSafe();
  }

  @Test
  default void theCollectorTakesTheStripesAwayAndKeepsWhatIsNamed() {
    var world = spread(crowd());
    world.client(APP).delete(FIRST);
    world.passes(LONG);
    collect(world);
    assertThat(refs(world)).isEqualTo(1);
    assertThat(stripes(world)).isEqualTo(Stripes.COUNT);
    world.isSafe();
    world.client(APP).pulls("2", SECOND);
  }

  @Test
  default void theCollectorTakesTheLinkWhenTheSumIsNothing() {
    var world = spread(crowd());
    world.client(APP).delete(SECOND);
    world.client(APP).delete(FIRST);
    world.passes(LONG);
    collect(world);
    assertThat(world.items().get(LINK, Consistency.STRONG)).isEmpty();
    world.isSafe();
  }

  @Test
  default void aBlobThatAStripeCountsIsInUse() {
    var world = spread(crowd());
    world.client(APP).delete(FIRST);
    assertThat(world.client(APP).delete(LAYER)).isInstanceOf(Blobs.Deletion.InUse.class);
    world.client(APP).delete(SECOND);
    assertThat(world.client(APP).delete(LAYER)).isInstanceOf(Blobs.Deletion.Deleted.class);
    world.isSafe();
  }

  @Test
  default void aLeaseIsRenewedWhateverTheLinkItselfCounts() {
    var world = spread(crowd());
    world.client(APP).delete(FIRST);
    world.client(APP).delete(SECOND);
    world.passes(Duration.ofHours(20));
    assertThat(world.client(APP).has(LAYER)).isTrue();
    world.passes(Duration.ofHours(20));
    collect(world);
    assertThat(world.client(APP).has(LAYER)).isTrue();
    world.isSafe();
  }

  @Test
  default void aRepositoryIsDeletedWithItsStripes() {
    var world = spread(crowd());
    new RepositoryDelete(world.bystander().environment()).delete(APP, Client.CALLER);
    assertThat(stripes(world)).isZero();
    world.isSafe();
    world.client(APP).push(THIRD, "3");
    world.isSafe();
  }

  @Test
  default void aStagedManifestCountsAtStripesToo() {
    var crowd = crowd();
    var world = new World(RegistrySettings.DEFAULTS, crowd);
    world.client(APP).push(FIRST, "1");
    crowd.crowded().addAll(List.of(LINK, REPOSITORY));
    var layers =
        Stream.concat(
                Stream.of(LAYER), IntStream.range(0, 100).mapToObj(n -> TestBlob.of("layer " + n)))
            .toArray(TestBlob[]::new);
    var large = TestImage.of(TestBlob.of("a config"), layers);
    world.client(APP).push(large, "large");
    assertThat(refs(world)).isEqualTo(1);
    world.isSafe();
    crowd.crowded().clear();
    world.client(APP).delete(large);
    world.isSafe();
  }
}
