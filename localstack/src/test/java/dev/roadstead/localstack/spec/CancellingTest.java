package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.CANCELLING;

import dev.roadstead.localstack.Backend;
import dev.roadstead.localstack.StoppedRegistry;
import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How uploads end that become no blob. */
class CancellingTest extends SpecTest {
  private static final byte[] CHUNK = {1, 2, 3};

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = CANCELLING,
      number = 1,
      level = SHOULD,
      value = "DELETE of an upload, with chunks or without: 204")
  void cancelsAnUpload(boolean begun) {
    var upload = repository.startUpload();
    if (begun) {
      upload.patch(CHUNK).expect(202);
    }

    upload.cancel().expect(204);
  }

  @Test
  @Requirement(
      section = CANCELLING,
      number = 2,
      level = CLIENTS,
      value = "an upload that was cancelled is unknown, and cannot be cancelled again")
  void cancelsForGood() {
    var upload = repository.startUpload();
    upload.cancel().expect(204);

    upload.status().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    upload.patch(CHUNK).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    upload.cancel().expectError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  @Requirement(
      section = CANCELLING,
      number = 3,
      level = SHOULD,
      value = "an upload that is never finished ends by itself, a day after its last chunk")
  void endsAnUploadThatStandsStill(@TempDir Path data) throws IOException {
    var backend = TestBackend.fresh();
    String location;
    try (var before = TestRegistry.start(data, backend)) {
      var upload = before.freshRepository().startUpload();
      upload.patch(CHUNK).expect(202);
      location = upload.location();
    }

    collect(data, backend, Duration.ofHours(23));
    try (var after = TestRegistry.start(data, backend)) {
      after.http().get(location).expect(204);
    }

    collect(data, backend, Duration.ofHours(25));
    try (var after = TestRegistry.start(data, backend)) {
      after.http().get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }
  }

  /** Runs the collector as if it were later. */
  private static void collect(Path data, Backend backend, Duration later) {
    try (var stores = StoppedRegistry.open(data, backend)) {
      stores.collect(InstantSource.offset(InstantSource.system(), later));
    }
  }
}
