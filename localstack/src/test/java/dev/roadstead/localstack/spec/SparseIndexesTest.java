package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSHING_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A registry whose operator allows indexes that name images which are not there. */
class SparseIndexesTest extends SpecTest {
  @Override
  TestRegistry start(Path data) throws IOException {
    return TestRegistry.start(data, RegistrySettings.DEFAULTS.withSparseIndexes(true));
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 21,
      level = CLIENTS,
      value = "a sparse index is taken where the operator allows it")
  void takesASparseIndex() {
    var here = repository.pushImage();
    var elsewhere = repository.newImage();
    var index = Manifest.index(here, elsewhere);

    repository.put("/manifests/v1", index).expect(201);

    assertThat(repository.get("/manifests/v1").expect(200).body()).isEqualTo(index.bytes());
    repository.get("/manifests/" + elsewhere.digest()).expectError(404, "MANIFEST_UNKNOWN");
    repository.delete("/manifests/" + here.digest()).expectError(405, "DENIED");
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 22,
      level = CLIENTS,
      value = "an image whose blobs are not there is refused all the same")
  void refusesASparseImage() {
    var blob = repository.pushBlob();

    repository
        .put("/manifests/v1", Manifest.image(blob, Content.random(10)))
        .expectError(404, "MANIFEST_BLOB_UNKNOWN");
  }
}
