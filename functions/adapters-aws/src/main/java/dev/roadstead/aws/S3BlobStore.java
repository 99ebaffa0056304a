package dev.roadstead.aws;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Staging;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in one S3 bucket, under their {@link ObjectKey#objectName()}.
 *
 * <p>Every method is one call of the service, repeated after throttling and lost answers ({@link
 * Retry}): putting and deleting twice leaves what once does. Completing an upload takes one listing
 * of its parts more for every thousand of them.
 */
public final class S3BlobStore implements BlobStore {
  /** How soon a direct PUT has to begin, once it is signed. */
  static final Duration DIRECT_PUT_LIFE = Duration.ofMinutes(1);

  /** The type of every object; S3 would have another one of its own. */
  static final String CONTENT_TYPE = "application/octet-stream";

  /** The metadata of an object that says for which repository it came. */
  static final String REPOSITORY = "repository";

  private final AwsClients clients;
  private final String bucket;
  private final Path staging;
  private final Retry retry;
  private final S3Multipart multiparts;

  /**
   * Objects of this bucket.
   *
   * @param staging a folder for bytes on their way
   */
  S3BlobStore(AwsClients clients, String bucket, Path staging, Retry retry) {
    this.clients = clients;
    this.bucket = bucket;
    this.staging = staging;
    this.retry = retry;
    this.multiparts = new S3Multipart(clients::s3, bucket, retry);
  }

  /** A SHA-256 digest as S3 writes it. */
  static String base64(Digest sha256) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256.hex()));
  }

  @Override
  public Staging stage() {
    return S3Staging.open(staging, this, multiparts);
  }

  @Override
  public void put(ObjectKey key, byte[] bytes) {
    put(key, RequestBody.fromBytes(bytes), Optional.empty());
  }

  /** Stores an object; with a digest, S3 checks the bytes against it and keeps it with them. */
  void put(ObjectKey key, RequestBody body, Optional<Digest> sha256) {
    retry.call(
        "PutObject",
        () ->
            clients
                .s3()
                .putObject(
                    request -> {
                      request.bucket(bucket).key(key.objectName()).contentType(CONTENT_TYPE);
                      sha256.map(S3BlobStore::base64).ifPresent(request::checksumSHA256);
                    },
                    body));
  }

  @Override
  public Optional<ObjectInfo> head(ObjectKey key) {
    return retry.call(
        "HeadObject",
        () -> {
          try {
            var found =
                clients
                    .s3()
                    .headObject(
                        r ->
                            r.bucket(bucket)
                                .key(key.objectName())
                                .checksumMode(ChecksumMode.ENABLED));
            return Optional.of(new ObjectInfo(found.contentLength(), sha256(found)));
          } catch (NoSuchKeyException absent) {
            return Optional.empty();
          }
        });
  }

  /** Only the checksum of a whole object is its digest; one over the parts' checksums is not. */
  private static Optional<Digest> sha256(HeadObjectResponse found) {
    return Optional.ofNullable(found.checksumSHA256())
        .filter(text -> text.indexOf('-') < 0)
        .map(text -> HexFormat.of().formatHex(Base64.getDecoder().decode(text)))
        .map(hex -> new Digest(HashAlgorithm.SHA256, hex));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, int maxBytes) {
    return retry.call("GetObject", () -> readOnce(key, maxBytes));
  }

  private Optional<byte[]> readOnce(ObjectKey key, int maxBytes) {
    var opened = open(key);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (var found = opened.get()) {
      if (found.response().contentLength() > maxBytes) {
        found.abort();
        throw new StoreException(key + " is longer than " + maxBytes + " bytes");
      }
      return Optional.of(found.readAllBytes());
    } catch (IOException brokenOff) {
      throw SdkClientException.create("the object broke off", brokenOff);
    }
  }

  private Optional<ResponseInputStream<GetObjectResponse>> open(ObjectKey key) {
    try {
      return Optional.of(clients.s3().getObject(r -> r.bucket(bucket).key(key.objectName())));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InputStream> stream(ObjectKey key) {
    return retry.call("GetObject", () -> open(key)).map(InputStream.class::cast);
  }

  @Override
  public void delete(ObjectKey key) {
    retry.call(
        "DeleteObject",
        () -> clients.s3().deleteObject(r -> r.bucket(bucket).key(key.objectName())));
  }

  @Override
  public List<ObjectKey> list(ObjectKey parent, int limit) {
    Limits.checkListed(limit);
    var request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(parent.text() + "/").delimiter("/");
    var keys = new ArrayList<ObjectKey>();
    boolean more = true;
    while (more && keys.size() < limit) {
      var asked = request.maxKeys(limit - keys.size()).build();
      var found = retry.call("ListObjectsV2", () -> clients.s3().listObjectsV2(asked));
      found.contents().stream()
          .map(S3Object::key)
          .flatMap(name -> ObjectKey.ofObjectName(name).stream())
          .forEach(keys::add);
      more = found.isTruncated();
      request.continuationToken(found.nextContinuationToken());
    }
    return keys.stream().sorted((a, b) -> ByteOrder.compare(a.text(), b.text())).toList();
  }

  @Override
  public Scan.Objects scan(Optional<ObjectKey> after, int limit) {
    return page(ListObjectsV2Request.builder(), after, limit);
  }

  @Override
  public Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit) {
    return page(ListObjectsV2Request.builder().prefix(parent.text() + "/"), after, limit);
  }

  private Scan.Objects page(
      ListObjectsV2Request.Builder request, Optional<ObjectKey> after, int limit) {
    Scan.checkLimit(limit);
    request.bucket(bucket).maxKeys(limit);
    after.map(ObjectKey::objectName).ifPresent(request::startAfter);
    while (true) {
      var asked = request.build();
      var found = retry.call("ListObjectsV2", () -> clients.s3().listObjectsV2(asked));
      var objects = found.contents().stream().flatMap(o -> entry(o).stream()).toList();
      if (!found.isTruncated()) {
        return new Scan.Objects(objects, Optional.empty());
      }
      if (!objects.isEmpty()) {
        return new Scan.Objects(objects, Optional.of(objects.getLast().key()));
      }
      request.continuationToken(found.nextContinuationToken()); // all of it was somebody else's
    }
  }

  private static Optional<Scan.Entry> entry(S3Object object) {
    return ObjectKey.ofObjectName(object.key()).map(key -> new Scan.Entry(key, object.size()));
  }

  @Override
  public MultipartId createMultipart(ObjectKey key) {
    return multiparts.create(key);
  }

  @Override
  public void putPart(MultipartId upload, int partNumber, ObjectKey source) {
    multiparts.copy(upload, partNumber, source);
  }

  @Override
  public boolean completeMultipart(MultipartId upload, List<Integer> partNumbers) {
    Limits.checkPartNumbers(partNumbers);
    return multiparts.complete(upload, partNumbers);
  }

  @Override
  public void abortMultipart(MultipartId upload) {
    multiparts.abort(upload);
  }

  @Override
  public URI readAddress(ObjectKey key, Duration life) {
    var signed =
        clients
            .presigner()
            .presignGetObject(
                r ->
                    r.signatureDuration(life)
                        .getObjectRequest(g -> g.bucket(bucket).key(key.objectName())));
    return uri(signed.url());
  }

  /**
   * A request by which a whole blob goes straight into the bucket, without its body. S3 stores the
   * body only if it has this digest. The repository's name goes along, because the event that S3
   * makes has to name it and the key has only its hash.
   *
   * @param headers all that must be sent, and nothing else but {@code Content-Length} may be
   */
  public record DirectPutRequest(URI address, Map<String, String> headers) {}

  /** Signs a direct PUT; it must begin within {@link #DIRECT_PUT_LIFE}. */
  public DirectPutRequest directPut(ObjectKey key, Digest sha256, RepositoryName repository) {
    var signed =
        clients
            .presigner()
            .presignPutObject(
                r ->
                    r.signatureDuration(DIRECT_PUT_LIFE)
                        .putObjectRequest(
                            p ->
                                p.bucket(bucket)
                                    .key(key.objectName())
                                    .contentType(CONTENT_TYPE)
                                    .checksumSHA256(base64(sha256))
                                    .metadata(Map.of(REPOSITORY, repository.text()))));
    var headers = new TreeMap<String, String>();
    signed.signedHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.remove("host"); // the HTTP client's own
    return new DirectPutRequest(uri(signed.url()), headers);
  }

  private static URI uri(URL address) {
    try {
      return address.toURI();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the SDK signs valid addresses", impossible);
    }
  }
}
