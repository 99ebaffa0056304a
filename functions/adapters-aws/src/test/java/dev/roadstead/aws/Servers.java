package dev.roadstead.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Servers that speak the protocols of AWS, each started once for all tests of a process; a test
 * whose server is not installed is skipped by name.
 */
public final class Servers {
  /** DynamoDB's API, by moto. Its S3 is not used: it takes wrong checksums. */
  public static final Servers MOTO = new Servers("moto/bin/python", Servers::moto);

  /** S3 on a file system, with strict signatures. */
  public static final Servers VERSITYGW = new Servers("bin/versitygw", Servers::versityGateway);

  /** S3 by LocalStack, without Docker. */
  public static final Servers LOCALSTACK =
      new Servers("localstack/bin/python", Servers::localStack);

  /** The user that tests sign as, in every server. */
  public static final String ACCESS_KEY = "roadstead";

  /** The user's secret. */
  public static final String SECRET_KEY = "only-for-tests";

  /** The Region of every server. */
  public static final String REGION = "eu-central-1";

  private final String program;
  private final Starter starter;
  private Optional<Server> running = Optional.empty();

  private interface Starter {
    Server start(Path program, Path folder);
  }

  private Servers(String program, Starter starter) {
    this.program = program;
    this.starter = starter;
  }

  /** The running server; skips the test when it is not installed. */
  public synchronized Server running() {
    var program = installed();
    if (running.isEmpty()) {
      running = Optional.of(starter.start(program, folder()));
    }
    return running.get();
  }

  private Path installed() {
    var installed = Server.program(program);
    assumeTrue(
        installed.isPresent(),
        () -> ".tools/" + program + " is not installed (localstack/tools/install says why)");
    return installed.orElseThrow();
  }

  /** Stores on these servers, for a test that looks into them. */
  public static AwsStores stores(AwsSettings settings) {
    return new AwsStores(settings, TestStores.surroundings());
  }

  /** The ids of the multipart uploads of a bucket that nobody has completed or aborted. */
  public static List<String> uploadsUnderWay(AwsSettings settings) {
    try (var clients = new AwsClients(settings, List.of())) {
      return clients
          .s3()
          .listMultipartUploadsPaginator(request -> request.bucket(settings.bucket()))
          .uploads()
          .stream()
          .map(MultipartUpload::uploadId)
          .toList();
    }
  }

  /** The variables by which a process on these servers knows who and where it is. */
  public static Map<String, String> variables() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", SECRET_KEY, "AWS_REGION", REGION);
  }

  private Path folder() {
    try {
      var folder = Files.createTempDirectory("roadstead-server");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(folder)));
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void deleteTree(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException left) {
      // a folder below the system's temporary one
    }
  }

  private static Server moto(Path program, Path folder) {
    return Server.start(
        folder,
        Map.of(),
        port ->
            List.of(
                program.toString(),
                Server.repository().resolve("localstack/tools/dynamodb.py").toString(),
                Integer.toString(port)));
  }

  /** One more, which posts its events to an address; skips the test as the others do. */
  public static Server versitygwThatPosts(int port, URI events) {
    var program = VERSITYGW.installed();
    var folder = VERSITYGW.folder();
    return Server.start(
        folder,
        port,
        Map.of("VGW_EVENT_WEBHOOK_URL", events.toString()),
        p -> versitygw(program, p, folder));
  }

  private static Server versityGateway(Path program, Path folder) {
    return Server.start(folder, Map.of(), port -> versitygw(program, port, folder));
  }

  private static List<String> versitygw(Path program, int port, Path folder) {
    return List.of(
        program.toString(),
        "--port",
        "127.0.0.1:" + port,
        "--access",
        ACCESS_KEY,
        "--secret",
        SECRET_KEY,
        "--region",
        REGION,
        "--quiet",
        "posix",
        folder.toString());
  }

  /** Signatures are checked only when that is asked for. */
  private static Server localStack(Path program, Path folder) {
    return Server.start(
        folder,
        Map.of(
            "GATEWAY_LISTEN", "127.0.0.1:PORT",
            "SKIP_SSL_CERT_DOWNLOAD", "1",
            "DISABLE_EVENTS", "1",
            "SERVICES", "s3",
            "S3_SKIP_SIGNATURE_VALIDATION", "0"),
        port -> List.of(program.toString(), "-m", "localstack.runtime.main"));
  }
}
