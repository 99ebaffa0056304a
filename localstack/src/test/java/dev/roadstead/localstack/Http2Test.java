package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same port speaks HTTP/2 without TLS. */
class Http2Test {
  private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_2).build();

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.asItComes();

  @AfterAll
  static void close() {
    HTTP.close();
  }

  @Test
  void takesAWholeBlobPastTheFunctions() {
    var blob = random(6_000_000);
    var location = REGISTRY.startUpload("direct");

    var created =
        send(
            REGISTRY
                .request(location + "?digest=" + Digest.sha256(blob))
                .PUT(BodyPublishers.ofByteArray(blob)));

    assertThat(created.statusCode()).isEqualTo(201);
    assertIsThere("direct", blob);
  }

  @Test
  void takesAStreamOfUnknownLength() {
    var blob = random(6_000_000);
    var location = REGISTRY.startUpload("stream");
    var stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob));

    var accepted = send(REGISTRY.request(location).method("PATCH", stream));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Range")).hasValue("0-5999999");

    var next = accepted.headers().firstValue("Location").orElseThrow();
    var end = REGISTRY.request(next + "?digest=" + Digest.sha256(blob));
    assertThat(send(end.PUT(BodyPublishers.noBody())).statusCode()).isEqualTo(201);
    assertIsThere("stream", blob);
  }

  @Test
  void seesARefusalThatComesBeforeTheEndOfTheBody() {
    var answer =
        send(REGISTRY.request("/nowhere").PUT(BodyPublishers.ofByteArray(random(20_000_000))));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(LocalRegistryExtension.text(answer)).startsWith("{\"errors\":[");
  }

  private static void assertIsThere(String repository, byte[] blob) {
    var answer = send(REGISTRY.request("/v2/" + repository + "/blobs/" + Digest.sha256(blob)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(blob);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      // The first request of a connection asks for HTTP/2, which it does without a body.
      HTTP.send(REGISTRY.request("/v2/").build(), BodyHandlers.discarding());
      var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      assertThat(answer.version()).isEqualTo(Version.HTTP_2);
      return answer;
    } catch (IOException failed) {
      throw new AssertionError("no answer", failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
