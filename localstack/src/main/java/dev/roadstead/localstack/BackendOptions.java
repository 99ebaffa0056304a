package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code roadstead up} that say where everything is kept. */
final class BackendOptions {
  private static final String EMBEDDED = "embedded";

  @Option(
      names = "--backend",
      paramLabel = "embedded|embedded-s3|aws",
      defaultValue = EMBEDDED,
      description =
          "where everything is kept: in the data folder; metadata there and bytes in an S3 bucket;"
              + " or metadata in DynamoDB and bytes in S3 (default: ${DEFAULT-VALUE})")
  private Kind kind = Kind.EMBEDDED;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "an S3 server other than AWS; a missing bucket is made there")
  private Optional<URI> s3Endpoint = Optional.empty();

  @Option(
      names = "--s3-events",
      paramLabel = "URL",
      description =
          "where the S3 server posts its events, on this machine; without it the gateway makes"
              + " them")
  private Optional<URI> s3Events = Optional.empty();

  @Option(
      names = "--dynamodb-endpoint",
      paramLabel = "URL",
      description = "a DynamoDB server other than AWS; a missing table is made there")
  private Optional<URI> dynamoDbEndpoint = Optional.empty();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "the S3 bucket (default: " + AwsSettings.DEFAULT_NAME + ")")
  private Optional<String> bucket = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the DynamoDB table (default: " + AwsSettings.DEFAULT_NAME + ")")
  private Optional<String> table = Optional.empty();

  /** What {@code --backend} takes. */
  enum Kind {
    EMBEDDED,
    EMBEDDED_S3,
    AWS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The backend that is asked for; refuses options that it has no use for. */
  Backend chosen(CommandLine command) {
    var settings =
        new AwsSettings(
            bucket.orElse(AwsSettings.DEFAULT_NAME),
            table.orElse(AwsSettings.DEFAULT_NAME),
            s3Endpoint,
            dynamoDbEndpoint);
    return switch (kind) {
      case EMBEDDED -> {
        refuse(command, "--backend embedded-s3 or aws", bucket, s3Endpoint, s3Events);
        refuse(command, "--backend aws", table, dynamoDbEndpoint);
        yield new Backend.Embedded();
      }
      case EMBEDDED_S3 -> {
        refuse(command, "--backend aws", table, dynamoDbEndpoint);
        yield new Backend.EmbeddedS3(settings, events(command));
      }
      case AWS -> new Backend.Aws(settings, events(command));
    };
  }

  private Optional<URI> events(CommandLine command) {
    if (!s3Events.stream().allMatch(StorageEvents::isPossible)) {
      throw new ParameterException(
          command,
          "--s3-events is http://127.0.0.1:PORT/NAME, with a name that nobody else can guess");
    }
    return s3Events;
  }

  /** Where everything is kept, in words. */
  String place(Path data) {
    var folder = data.toAbsolutePath().normalize();
    var bucketName = "the bucket " + bucket.orElse(AwsSettings.DEFAULT_NAME);
    return switch (kind) {
      case EMBEDDED -> folder.toString();
      case EMBEDDED_S3 -> folder + " and " + bucketName;
      case AWS -> "the table " + table.orElse(AwsSettings.DEFAULT_NAME) + " and " + bucketName;
    };
  }

  private static void refuse(CommandLine command, String needed, Optional<?>... given) {
    if (Stream.of(given).anyMatch(Optional::isPresent)) {
      throw new ParameterException(
          command, "a bucket, a table and their endpoints are for " + needed + " alone");
    }
  }
}
