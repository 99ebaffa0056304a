package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;
import java.net.URI;
import java.util.Optional;

/** Where a registry keeps what it is given. */
public sealed interface Backend {
  /** Where the bucket's server posts its events; empty when it posts none, and for files. */
  Optional<URI> events();

  /** Everything in the data folder. */
  record Embedded() implements Backend {
    @Override
    public Optional<URI> events() {
      return Optional.empty();
    }
  }

  /** Metadata in the data folder, bytes in a bucket. */
  record EmbeddedS3(AwsSettings settings, Optional<URI> events) implements Backend {}

  /** Metadata in a table, bytes in a bucket; the data folder has keys and bytes on their way. */
  record Aws(AwsSettings settings, Optional<URI> events) implements Backend {}
}
