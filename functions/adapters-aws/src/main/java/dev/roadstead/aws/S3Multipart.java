package dev.roadstead.aws;

import dev.roadstead.store.Limits;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Multipart uploads. Nobody keeps the parts' ETags: they are asked for when the parts become one
 * object.
 */
final class S3Multipart {
  private final Supplier<S3Client> client;
  private final String bucket;
  private final Retry retry;

  S3Multipart(Supplier<S3Client> client, String bucket, Retry retry) {
    this.client = client;
    this.bucket = bucket;
    this.retry = retry;
  }

  /** An answer that is lost leaves an upload that nobody knows; the bucket's rule aborts it. */
  MultipartId create(ObjectKey key) {
    var begun =
        retry.call(
            "CreateMultipartUpload",
            () ->
                client
                    .get()
                    .createMultipartUpload(
                        r ->
                            r.bucket(bucket)
                                .key(key.objectName())
                                .contentType(S3BlobStore.CONTENT_TYPE)));
    return new MultipartId(key, begun.uploadId());
  }

  void put(MultipartId upload, int partNumber, RequestBody body) {
    Limits.checkPartNumbers(List.of(partNumber));
    retry.call(
        "UploadPart",
        () ->
            client
                .get()
                .uploadPart(
                    r ->
                        r.bucket(bucket)
                            .key(upload.key().objectName())
                            .uploadId(upload.id())
                            .partNumber(partNumber),
                    body));
  }

  void copy(MultipartId upload, int partNumber, ObjectKey source) {
    Limits.checkPartNumbers(List.of(partNumber));
    retry.call(
        "UploadPartCopy",
        () ->
            client
                .get()
                .uploadPartCopy(
                    r ->
                        r.sourceBucket(bucket)
                            .sourceKey(source.objectName())
                            .destinationBucket(bucket)
                            .destinationKey(upload.key().objectName())
                            .uploadId(upload.id())
                            .partNumber(partNumber)));
  }

  boolean complete(MultipartId upload, List<Integer> partNumbers) {
    var parts = parts(upload);
    if (parts.isEmpty()) {
      return false;
    }
    var wanted = new HashSet<>(partNumbers);
    var named = parts.get().stream().filter(part -> wanted.contains(part.partNumber())).toList();
    if (named.size() < wanted.size()) {
      throw new StoreException("parts are missing in multipart upload " + upload.id());
    }
    return retry.call(
        "CompleteMultipartUpload",
        () -> {
          try {
            client
                .get()
                .completeMultipartUpload(
                    r ->
                        r.bucket(bucket)
                            .key(upload.key().objectName())
                            .uploadId(upload.id())
                            .multipartUpload(m -> m.parts(named)));
            return true;
          } catch (NoSuchUploadException done) {
            return false;
          }
        });
  }

  /** All parts there are, in order; empty when there is no such upload. */
  private Optional<List<CompletedPart>> parts(MultipartId upload) {
    return retry.call(
        "ListParts",
        () -> {
          try {
            return Optional.of(
                client
                    .get()
                    .listPartsPaginator(
                        r -> r.bucket(bucket).key(upload.key().objectName()).uploadId(upload.id()))
                    .parts()
                    .stream()
                    .map(p -> CompletedPart.builder().partNumber(p.partNumber()).eTag(p.eTag()))
                    .map(CompletedPart.Builder::build)
                    .toList());
          } catch (S3Exception failed) {
            return absent(failed);
          }
        });
  }

  void abort(MultipartId upload) {
    retry.call(
        "AbortMultipartUpload",
        () -> {
          try {
            client
                .get()
                .abortMultipartUpload(
                    r -> r.bucket(bucket).key(upload.key().objectName()).uploadId(upload.id()));
            return true;
          } catch (S3Exception failed) {
            return absent(failed).isPresent();
          }
        });
  }

  private static <T> Optional<T> absent(S3Exception failed) {
    if (failed instanceof NoSuchUploadException) {
      return Optional.empty();
    }
    throw failed;
  }
}
