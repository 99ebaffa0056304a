package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;

/** Where a registry keeps what it is given. */
public sealed interface Backend {
  /** Everything in the data folder. */
  record Embedded() implements Backend {}

  /** Metadata in the data folder, bytes in a bucket. */
  record EmbeddedS3(AwsSettings settings) implements Backend {}

  /** Metadata in a table, bytes in a bucket; the data folder has keys and bytes on their way. */
  record Aws(AwsSettings settings) implements Backend {}
}
