package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.HttpAdminTransport;
import dev.roadstead.embedded.DoorFile;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that proves who it is, and nobody can listen to. */
class TlsTest {
  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void isReachedInSecrecyAndSaysSo(String algorithm) throws Exception {
    var made = TestCertificate.make(folder, algorithm);
    var options =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, folder.resolve("data"), false, false)
            .with(made.write(folder))
            .withAccounts(PASSWORD);
    try (var registry = LocalRegistry.start(options);
        var client = HttpClient.newBuilder().sslContext(made.trusted()).build()) {
      var address = URI.create("https://127.0.0.1:" + registry.port() + "/v2/");
      var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer realm=\"https://127.0.0.1:" + registry.port() + "/token\"");
      administered(options.data());
    }
  }

  /** Whoever can read the data folder administers as before, whatever name the certificate has. */
  private static void administered(Path data) throws Exception {
    var door = DoorFile.read(data).orElseThrow();
    try (var admin = new AdminClient(HttpAdminTransport.with(door.token(), door.address()))) {
      assertThat(admin.get("status", Map.of()).isObject()).isTrue();
    }
  }

  @Test
  void showsAnotherCertificateWithoutARestart() throws Exception {
    var old = TestCertificate.make(folder, "EC");
    var fresh = TestCertificate.make(folder, "RSA");
    var tls = new Tls(old.write(folder));
    try (var gateway = gateway(tls)) {
      assertThat(status(gateway, old)).isEqualTo(200);
      fresh.write(folder);
      tls.refresh();

      assertThat(status(gateway, fresh)).isEqualTo(200);
      assertThatExceptionOfType(SSLException.class).isThrownBy(() -> status(gateway, old));
    }
  }

  @Test
  void keepsItsCertificateWhenTheNewOneIsNone() throws Exception {
    var old = TestCertificate.make(folder, "EC");
    var files = old.write(folder);
    var tls = new Tls(files);
    try (var gateway = gateway(tls)) {
      Files.writeString(files.certificate(), "half a fi");
      tls.refresh();

      assertThat(status(gateway, old)).isEqualTo(200);
    }
  }

  private static Gateway gateway(Tls tls) throws Exception {
    var gateway =
        Gateway.bind(InetAddress.getLoopbackAddress(), 0, Gateway.IDLE_LIMIT, Optional.of(tls));
    gateway.serve(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(200);
            callback.succeeded();
            return true;
          }
        });
    return gateway;
  }

  /** Of a client that comes for the first time and trusts this certificate alone. */
  private static int status(Gateway gateway, TestCertificate trusted) throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(trusted.trusted()).build()) {
      var address = URI.create("https://127.0.0.1:" + gateway.port() + "/");
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void refusesFilesThatAreNoCertificateAndKey() throws Exception {
    var one = TestCertificate.make(folder, "EC");
    var files = one.write(folder);
    var key = Files.readString(files.key());

    TestCertificate.make(folder, "EC").write(Files.createDirectory(folder.resolve("other")));
    refused(
        new TlsFiles(files.certificate(), folder.resolve("other/key.pem")), "is not the one of");
    refused(new TlsFiles(folder.resolve("missing"), files.key()), "missing");
    refused(new TlsFiles(files.key(), files.key()), "");
    Files.writeString(files.key(), key.replace("PRIVATE KEY", "EC PRIVATE KEY"));
    refused(files, "pkcs8");
    Files.writeString(files.key(), key.substring(0, 80) + "\n-----END PRIVATE KEY-----");
    refused(files, "");
    Files.write(files.key(), new byte[2 << 20]);
    refused(files, "too long");
  }

  private static void refused(TlsFiles files, String because) throws Exception {
    var secret =
        Files.exists(files.key())
            ? Files.readString(files.key()).lines().skip(1).findFirst().orElse("none")
            : "none";
    assertThatIllegalArgumentException()
        .isThrownBy(files::read)
        .withMessageContaining(because)
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .doesNotContain(secret.length() > 20 ? secret : "\n"));
  }
}
