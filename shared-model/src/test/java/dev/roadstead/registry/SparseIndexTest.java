package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.ManifestDelete.Deletion;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An index may name what is not there, where that is allowed; what is there is counted exactly. */
class SparseIndexTest {
  private static final TestImage HERE = TestImage.numbered(1);
  private static final TestImage ELSEWHERE = TestImage.numbered(2);
  private static final TestImage SPARSE = TestImage.index(Optional.empty(), HERE, ELSEWHERE);

  private final World world = tolerant();
  private final Client client = world.client(APP);

  private static World tolerant() {
    return new World(RegistrySettings.DEFAULTS.withSparseIndexes(true));
  }

  @AfterEach
  void everythingIsSafe() {
    world.isSafe();
  }

  private static void push(Client client, TestImage image) {
    client.push(image, image.manifest().digest().toString());
  }

  private static void pushSparse(Client client) {
    Client.stored(client.put(SPARSE, "latest"));
  }

  @Test
  void isRefusedUnlessItIsAllowed() {
    var strict = new World().client(APP);
    push(strict, HERE);

    assertThat(strict.put(SPARSE, "latest"))
        .isEqualTo(new PutResult.Incomplete(List.of(ELSEWHERE.manifest().digest())));
  }

  @Test
  void isPulledAsItWasPushed() {
    push(client, HERE);
    pushSparse(client);

    var found = world.process().manifests().read(APP, SPARSE.manifest().digest());

    assertThat(found.orElseThrow().bytes()).isEqualTo(SPARSE.manifest().bytes());
    client.misses(ELSEWHERE.manifest().digest().toString());
  }

  @Test
  void mayNameNothingThatIsThere() {
    pushSparse(client);

    assertThat(client.delete(SPARSE)).isEqualTo(new Deletion.Deleted());
  }

  @Test
  void keepsWhatIsThereAndNothingElse() {
    push(client, HERE);
    pushSparse(client);
    push(client, ELSEWHERE);

    assertThat(client.delete(HERE))
        .isEqualTo(new Deletion.InUse(Optional.of(SPARSE.manifest().digest())));
    assertThat(client.delete(ELSEWHERE)).isEqualTo(new Deletion.Deleted());
    assertThat(client.delete(SPARSE)).isEqualTo(new Deletion.Deleted());
    assertThat(client.delete(HERE)).isEqualTo(new Deletion.Deleted());
  }

  @Test
  void neverNamesABlobThatIsNotThere() {
    assertThat(client.put(HERE, "latest")).isInstanceOf(PutResult.Incomplete.class);
  }

  @Test
  void countsAManifestThatComesMeanwhile() {
    sweep(
        SparseIndexTest::tolerant,
        other -> {
          push(other.other(APP), HERE);
          return new Race(
              () -> pushSparse(other.client(APP)),
              () -> push(other.other(APP), ELSEWHERE),
              () -> {}); // the judge counts
        });
  }

  @Test
  void doesNotCountAManifestThatGoesMeanwhile() {
    sweep(
        SparseIndexTest::tolerant,
        other -> {
          push(other.other(APP), HERE);
          push(other.other(APP), ELSEWHERE);
          return new Race(
              () -> pushSparse(other.client(APP)),
              () -> other.other(APP).delete(ELSEWHERE),
              () -> {}); // the judge counts
        });
  }

  @Test
  void takesTheTagOfAManifestThatIsBeingDeleted() {
    push(client, HERE);
    client.pushParts(ELSEWHERE);
    IntStream.range(0, 80).forEach(n -> Client.stored(client.put(ELSEWHERE, "tag-" + n)));
    assertThat(world.crashes(2, When.AFTER, () -> client.delete(ELSEWHERE))).isTrue();
    client.misses(ELSEWHERE.manifest().digest().toString());

    Client.stored(client.put(SPARSE, "tag-79"));

    assertThat(client.tagged("tag-79")).contains(SPARSE.manifest().digest());
    assertThat(client.delete(ELSEWHERE)).isEqualTo(new Deletion.Deleted());
  }
}
