package dev.roadstead.aws;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * Bucket and table before the registry starts. Where an endpoint is given they are made when they
 * are missing; in an account that is for whoever runs it, because it decides about money, backups
 * and rights.
 */
public final class AwsSetup {
  private final AwsClients clients;
  private final AwsSettings settings;
  private final Retry retry;

  AwsSetup(AwsClients clients, AwsSettings settings, Retry retry) {
    this.clients = clients;
    this.settings = settings;
    this.retry = retry;
  }

  /**
   * Sees to it that there is a bucket.
   *
   * @throws MissingException when there is none, and none may be made
   */
  public void bucket() {
    if (retry.call("ListObjectsV2", () -> bucketExists(clients.s3()))) {
      return;
    }
    if (settings.s3Endpoint().isEmpty()) {
      throw new MissingException(
          "there is no bucket %s in this Region; create it, or name another one with --bucket"
              .formatted(settings.bucket()));
    }
    retry.call("CreateBucket", this::createBucket);
  }

  /** Asks by listing: an answer to a HEAD has no body, and so does not say what is wrong. */
  private boolean bucketExists(S3Client s3) {
    try {
      s3.listObjectsV2(request -> request.bucket(settings.bucket()).maxKeys(1));
      return true;
    } catch (NoSuchBucketException absent) {
      return false;
    }
  }

  private boolean createBucket() {
    try {
      clients.s3().createBucket(request -> request.bucket(settings.bucket()));
    } catch (BucketAlreadyOwnedByYouException madeMeanwhile) {
      // then there is nothing to make
    }
    return true;
  }

  /** Sees to it that there is a table, likewise. */
  public void table() {
    var table = new DynamoDbTable(clients.dynamoDb(), settings.table());
    if (retry.call("DescribeTable", table::exists)) {
      return;
    }
    if (settings.dynamoDbEndpoint().isEmpty()) {
      throw new MissingException(
          "there is no table %s in this Region; create it, or name another one with --table"
              .formatted(settings.table()));
    }
    retry.call(
        "CreateTable",
        () -> {
          table.create();
          return true;
        });
  }
}
