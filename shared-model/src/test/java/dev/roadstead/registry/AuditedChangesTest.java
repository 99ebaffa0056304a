package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit log has of pushes and deletions, be they one transaction or many. */
class AuditedChangesTest {
  private final World world = new World();
  private final Client client = world.client(APP);

  private static TestImage image(int blobs) {
    var layers = IntStream.range(1, blobs).mapToObj(n -> TestBlob.of("layer " + n));
    return TestImage.of(TestBlob.of("config"), layers.toArray(TestBlob[]::new));
  }

  /** {@code what about}, sorted: what happens at one moment has no order. */
  private List<String> audited() {
    var log = new AuditLog(world.process().environment());
    return log.list(any -> true, 0, Optional.empty(), 100).entries().stream()
        .map(entry -> entry.what() + " " + entry.about())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 91, 200})
  void isOneEntryForEachAndNoneForWhatChangesNothing(int blobs) {
    var image = image(blobs);
    var digest = image.manifest().digest().toString();
    client.push(image, digest);
    client.push(image, digest);
    assertThat(audited()).containsExactly("push " + APP + "@" + digest);

    client.push(image, "v1");
    client.push(image, "v1");
    client.untag("v1");
    client.delete(image);
    client.delete(image);

    assertThat(audited())
        .containsExactly(
            "delete manifest " + APP + "@" + digest,
            "delete tag " + APP + ":v1 " + digest,
            "push " + APP + ":v1 " + digest,
            "push " + APP + "@" + digest);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 91, 200})
  void isOneEntryForAManifestThatComesBackAndOneForEachOfItsTags(int blobs) {
    var image = image(blobs);
    client.push(image, "v1");
    client.put(image, "v2");
    client.delete(image);
    var before = audited();

    var process = world.process();
    new Undeletion(process.environment(), process.claims(), process.repositories())
        .manifest(APP, image.manifest().digest(), Client.CALLER);

    var digest = image.manifest().digest();
    assertThat(audited())
        .containsAll(before)
        .filteredOn(entry -> !before.contains(entry))
        .containsExactly(
            "undelete manifest " + APP + "@" + digest,
            "undelete tag " + APP + ":v1 " + digest,
            "undelete tag " + APP + ":v2 " + digest);
    assertThat(audited()).hasSize(before.size() + 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 91, 200})
  void isOneEntryForAPushThatBringsTheManifestAndItsTag(int blobs) {
    var image = image(blobs);
    client.push(image, "v1");

    assertThat(audited())
        .containsExactly("push " + APP + ":v1 " + image.manifest().digest().toString());
  }
}
