package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.error.RegistryException;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Manifests of every size and shape that is special are stored, or refused with a reason. */
class ManifestSizesTest {
  private final World world = new World();
  private final Client client = world.client(APP);

  @AfterEach
  void everythingIsSafe() {
    world.isSafe();
  }

  @Test
  void bodiesAboutAsLargeAsEachPlaceForThem() {
    // Noise in base64 shrinks to about three quarters: about as many bytes as went into it.
    for (int bytes : List.of(1_000, 1_500, 8_000, 8_300, 350_000, 357_000, 359_000, 400_000)) {
      var image = TestImage.withNoise(bytes);
      client.push(image, "t" + bytes);
      client.pulls("t" + bytes, image);
      client.pulls(image.manifest().digest().toString(), image);
    }
  }

  @Test
  void theLargestManifest() {
    var empty = TestImage.withNoise(0).manifest().sizeBytes();
    var image = TestImage.withNoise((Limits.MANIFEST_BYTES - empty) / 4 * 3);
    assertThat(image.manifest().sizeBytes()).isBetween(4_194_300, Limits.MANIFEST_BYTES);
    client.push(image, "latest");
    client.pulls("latest", image);
  }

  @Test
  void aMegabyteOfAnnotationsThatShrinksToNothing() {
    var annotations = "{\"a\":\"" + "a".repeat(1_000_000) + "\"}";
    var image =
        TestImage.of(Optional.empty(), Map.of("annotations", annotations), TestBlob.of("{}"));
    client.push(image, "latest");
    client.pulls("latest", image);
  }

  @Test
  void anArtifactTypeThatIsNoMediaTypeIsRefused() {
    for (var type : List.of("a".repeat(500_000), "no media type", "/", "a/b c")) {
      var image =
          TestImage.of(
              Optional.empty(), Map.of("artifactType", "\"" + type + "\""), TestBlob.of("{}"));
      assertThatThrownBy(() -> client.push(image, "latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("artifactType");
    }
  }

  @Test
  void asManyLayersAsOneTransactionTakesAndOneMore() {
    var layers = IntStream.range(0, 90).mapToObj(n -> TestBlob.of("layer " + n)).toList();
    var config = TestBlob.of("config");
    var most = TestImage.of(config, layers.subList(0, 89).toArray(TestBlob[]::new));
    client.push(TestImage.numbered(1), "latest");
    client.push(most, "latest");
    client.pulls("latest", most);

    var oneMore = TestImage.of(config, layers.toArray(TestBlob[]::new));
    client.push(oneMore, "latest");
    client.pulls("latest", oneMore);
    client.pulls(most.manifest().digest().toString(), most);
  }

  @Test
  void theMostLayersWithTheLargestBodyASubjectAndATagInANewRepository() {
    var layers = IntStream.range(0, 89).mapToObj(n -> TestBlob.of("layer " + n)).toList();
    var noise = new String(TestImage.withNoise(300_000).manifest().bytes(), StandardCharsets.UTF_8);
    var annotations = noise.replaceFirst("(?s).*\"annotations\":(\\{[^}]*}).*", "$1");
    var image =
        TestImage.of(
            Optional.of(TestImage.numbered(1)),
            Map.of("annotations", annotations),
            TestBlob.of("config"),
            layers.toArray(TestBlob[]::new));
    client.push(image, "latest");
    client.pulls("latest", image);
    assertThat(client.delete(image)).isEqualTo(new ManifestDelete.Deletion.Deleted());
  }

  @Test
  void aBlobThatIsNamedTwiceIsCountedOnce() {
    var blob = TestBlob.of("{}");
    var image = TestImage.of(blob, blob, TestBlob.of("layer"), TestBlob.of("layer"));
    client.push(image, "latest");
    client.pulls("latest", image);
    client.push(TestImage.index(Optional.empty(), image, image), "index");
    world.isSafe();
    client.delete(TestImage.index(Optional.empty(), image, image));
    client.delete(image);
  }

  @Test
  void aManifestWhosePartsAreMissingIsRefusedAndNothingIsWritten() {
    var image = TestImage.numbered(1);
    client.push(image.blobs().getFirst());
    var before = world.all();
    assertThat(client.put(image, "latest"))
        .isEqualTo(new PutResult.Incomplete(List.of(image.blobs().get(1).digest())));
    assertThat(world.all()).isEqualTo(before);
    client.misses("latest");
  }

  @Test
  void anIndexWhoseManifestsAreMissingIsRefused() {
    var index = TestImage.index(Optional.empty(), TestImage.numbered(1), TestImage.numbered(2));
    client.push(TestImage.numbered(1), "one");
    assertThat(client.put(index, "latest"))
        .isEqualTo(new PutResult.Incomplete(List.of(TestImage.numbered(2).manifest().digest())));
  }

  @Test
  void aSubjectNeedNotExist() {
    var image = TestImage.about(TestImage.numbered(1), "application/vnd.example.signature", 1);
    client.push(image, "latest");
    client.pulls("latest", image);
  }

  @Test
  void theLongestNamesFit() {
    var tag = "t".repeat(128);
    var repository = "r".repeat(255);
    var far = world.client(new RepositoryName(repository));
    far.push(TestImage.numbered(1), tag);
    far.pulls(tag, TestImage.numbered(1));
  }
}
