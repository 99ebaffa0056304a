package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.RawConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, and many. */
class ManyConnectionsTest extends RegistryTest {
  private static final int SILENT = 400;

  private final List<RawConnection> silent = new ArrayList<>();

  @AfterEach
  void hangUp() {
    silent.forEach(RawConnection::close);
  }

  /**
   * What a function takes, and what is a stream: of those only some wait, the others are refused.
   */
  @ParameterizedTest
  @ValueSource(ints = {4_000_000, 40_000_000})
  void servesPullsWhileUploadsStandStill(int sizeBytes) {
    var blob = Content.random(600);
    repository.push(blob);
    var upload = repository.startUpload();

    for (int n = 0; n < SILENT; n++) {
      var head = "PATCH " + upload.location() + " HTTP/1.1\nHost: x\nContent-Length: " + sizeBytes;
      silent.add(registry.connect().send(head + "\n\n").send(blob.bytes()));
    }

    var pulled = repository.get("/blobs/" + blob.digest()).expect(200);
    assertThat(pulled.body()).isEqualTo(blob.bytes());
    upload.cancel();
  }
}
