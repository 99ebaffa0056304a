package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Servers;
import dev.roadstead.localstack.runtime.FunctionPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The stores that the tests run on: {@code -Droadstead.mode=embedded}, or {@code aws} for
 * DynamoDB's API by moto and S3's by versitygw, or {@code processes} for the same with packaged
 * functions in processes of their own.
 */
public final class TestBackend {
  private static final String PROCESSES = "processes";

  /** Where the build of the functions writes to. */
  private static final Path PACKAGE = Path.of("../functions/lambda/target");

  private TestBackend() {}

  /** Fresh stores of the kind that is asked for. */
  public static Backend fresh() {
    return switch (mode()) {
      case "embedded" -> new Backend.Embedded();
      case "aws", PROCESSES -> new Backend.Aws(onServers(), Optional.empty());
      default -> throw new AssertionError("-Droadstead.mode: embedded, aws or processes");
    };
  }

  /** The registry with its functions where they are asked for. */
  public static LocalOptions withFunctions(LocalOptions options) throws IOException {
    return mode().equals(PROCESSES) ? options.with(FunctionPackage.in(PACKAGE)) : options;
  }

  /** Which stores are asked for. */
  public static String mode() {
    return System.getProperty("roadstead.mode", "embedded");
  }

  /** A bucket and a table of its own, on servers of this machine. */
  public static AwsSettings onServers() {
    var name = "test-" + UUID.randomUUID();
    return new AwsSettings(
        name,
        name,
        Optional.of(Servers.VERSITYGW.running().address()),
        Optional.of(Servers.MOTO.running().address()));
  }

  /** The options by which {@code roadstead up} runs on these stores. */
  public static List<String> options(Backend backend) {
    return switch (backend) {
      case Backend.Embedded() -> List.of();
      case Backend.EmbeddedS3(var settings, var _) -> bucket("embedded-s3", settings);
      case Backend.Aws(var settings, var _) -> {
        var options = new ArrayList<>(bucket("aws", settings));
        options.addAll(List.of("--table", settings.table(), "--dynamodb-endpoint"));
        options.add(settings.dynamoDbEndpoint().orElseThrow().toString());
        if (mode().equals(PROCESSES)) {
          options.addAll(List.of("--functions", PROCESSES));
        }
        yield options;
      }
    };
  }

  private static List<String> bucket(String kind, AwsSettings settings) {
    var endpoint = settings.s3Endpoint().orElseThrow().toString();
    return List.of("--backend", kind, "--bucket", settings.bucket(), "--s3-endpoint", endpoint);
  }

  /** The objects of the bucket, with their sizes. */
  public static Map<String, Long> objects(AwsSettings settings) {
    var sizes = new TreeMap<String, Long>();
    try (var stores = Servers.stores(settings)) {
      for (var object : stores.blobs().scan(Optional.empty(), 1000).objects()) {
        sizes.put(object.key().text(), object.sizeBytes());
      }
    }
    return sizes;
  }
}
