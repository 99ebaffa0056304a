package dev.roadstead.aws;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** For which repository an object came into the bucket, as its direct PUT has said. */
public final class S3Origins {
  private final Supplier<S3Client> client;
  private final String bucket;
  private final Retry retry;

  S3Origins(Supplier<S3Client> client, String bucket, Retry retry) {
    this.client = client;
    this.bucket = bucket;
    this.retry = retry;
  }

  /** The bucket. */
  public String bucket() {
    return bucket;
  }

  /**
   * The repository that the object names; empty when it names none, or is not there. One call.
   *
   * @throws StoreException when S3 cannot be asked
   */
  public Optional<RepositoryName> repository(ObjectKey object) {
    return retry.call(
        "HeadObject",
        () -> {
          try {
            var found = client.get().headObject(r -> r.bucket(bucket).key(object.objectName()));
            return named(found.metadata());
          } catch (NoSuchKeyException removed) {
            return Optional.empty();
          }
        });
  }

  private static Optional<RepositoryName> named(Map<String, String> metadata) {
    try {
      return Optional.ofNullable(metadata.get(S3BlobStore.REPOSITORY)).map(RepositoryName::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
