package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.HttpAdminTransport;
import dev.roadstead.client.RegistryRefusal;
import dev.roadstead.embedded.DoorFile;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Undo, history and check of a registry that runs, through its door. */
class UndoTest {
  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.asItComes();

  private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

  private final AdminClient admin = open();

  private static AdminClient open() {
    var door = DoorFile.read(REGISTRY.data()).orElseThrow();
    return new AdminClient(HttpAdminTransport.with(door.token(), door.address()));
  }

  @AfterEach
  void close() throws IOException {
    admin.close();
  }

  /** Pushes an image whose content follows from a number; gives its digest. */
  private static Digest push(String repository, String tag, int number) {
    var location = REGISTRY.startUpload(repository);
    REGISTRY.put(location + "?digest=" + Digest.sha256(CONFIG), CONFIG);
    var manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","layers":[],"annotations":{"number":"%d"},
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":2}}\
        """
            .formatted(MediaType.OCI_MANIFEST, number, Digest.sha256(CONFIG))
            .getBytes(StandardCharsets.UTF_8);
    var request =
        REGISTRY
            .request("/v2/" + repository + "/manifests/" + tag)
            .header("Content-Type", MediaType.OCI_MANIFEST.text())
            .PUT(BodyPublishers.ofByteArray(manifest));
    assertThat(REGISTRY.send(request).statusCode()).isEqualTo(201);
    return Digest.sha256(manifest);
  }

  private static int status(String repository, String reference) {
    return REGISTRY.head("/v2/" + repository + "/manifests/" + reference).statusCode();
  }

  private static void delete(String repository, String reference) {
    var request = REGISTRY.request("/v2/" + repository + "/manifests/" + reference).DELETE();
    assertThat(REGISTRY.send(request).statusCode()).isEqualTo(202);
  }

  @Test
  void putsATagBack() throws IOException {
    var first = push("tags", "latest", 1);
    push("tags", "latest", 2);
    var history = admin.get("history/tags", Map.of("tag", "latest")).path("moves");
    assertThat(history).hasSize(2);
    assertThat(history.get(1).path("from").asString()).isEqualTo(first.toString());

    var back = admin.post("history/tags", AdminClient.document().put("tag", "latest"));

    assertThat(back.path("digest").asString()).isEqualTo(first.toString());
    assertThat(
            REGISTRY
                .head("/v2/tags/manifests/latest")
                .headers()
                .firstValue("Docker-Content-Digest"))
        .contains(first.toString());
  }

  @Test
  void bringsAManifestBack() throws IOException {
    var digest = push("manifests", "latest", 1);
    delete("manifests", digest.toString());
    assertThat(status("manifests", "latest")).isEqualTo(404);
    var trash = admin.get("trash/manifests", Map.of()).path("manifests");
    assertThat(trash).hasSize(1);
    assertThat(trash.get(0).path("tags").get(0).asString()).isEqualTo("latest");

    admin.post("trash/manifests", AdminClient.document().put("digest", digest.toString()));

    assertThat(status("manifests", "latest")).isEqualTo(200);
    assertThatThrownBy(
            () ->
                admin.post(
                    "trash/manifests", AdminClient.document().put("digest", digest.toString())))
        .isInstanceOf(RegistryRefusal.class)
        .hasMessageContaining("trash");
  }

  @Test
  void deletesARepositoryAndBringsItBack() throws IOException {
    push("whole/repository", "1", 1);
    push("whole/repository", "2", 2);

    var deleted = admin.delete("repositories/whole/repository", Map.of());

    assertThat(deleted.path("deleted").asBoolean()).isTrue();
    assertThat(status("whole/repository", "1")).isEqualTo(404);
    assertThat(REGISTRY.get("/v2/whole/repository/tags/list").statusCode()).isEqualTo(404);
    assertThat(
            admin.post("trash/whole/repository", AdminClient.document()).path("manifests").asInt())
        .isEqualTo(2);
    assertThat(status("whole/repository", "1")).isEqualTo(200);
    assertThat(status("whole/repository", "2")).isEqualTo(200);
  }

  @Test
  void checksItselfWhileItRuns() throws IOException, InterruptedException {
    push("checked", "latest", 1);
    admin.post("check", AdminClient.document().put("mode", "repair").put("bytes", "all"));
    JsonNode status = admin.get("check", Map.of());
    while (status.path("state").asString().equals("running")) {
      Thread.sleep(20);
      status = admin.get("check", Map.of());
    }

    assertThat(status.path("state").asString()).isEqualTo("done");
    assertThat(status.path("report").path("clean").asBoolean()).isTrue();
    assertThat(status.path("report").path("mended").asInt(-1)).isZero();
    assertThat(status.path("report").path("bytesRead").asLong()).isPositive();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    for (var wrong : new String[] {"mode", "bytes", "other"}) {
      assertThatThrownBy(() -> admin.post("check", AdminClient.document().put(wrong, "x")))
          .isInstanceOf(RegistryRefusal.class);
    }
    assertThatThrownBy(() -> admin.get("history/tags", Map.of("tag", "-")))
        .isInstanceOf(RegistryRefusal.class);
    assertThatThrownBy(() -> admin.delete("repositories/nothing/here", Map.of()))
        .isInstanceOf(RegistryRefusal.class);
    assertThatThrownBy(() -> admin.post("trash/nothing/here", AdminClient.document()))
        .isInstanceOf(RegistryRefusal.class);
  }
}
