package dev.roadstead.lambda;

import dev.roadstead.route.ReadAddresses;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Staging;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The bucket, whose objects clients read through the CDN and not from it. */
record CdnReads(BlobStore bucket, ReadAddresses addresses, InstantSource clock)
    implements BlobStore {
  /** On the host that the client has asked; no call. */
  @Override
  public URI readAddress(ObjectKey key, Duration life) {
    return addresses.sign(key.objectName(), clock.instant().plus(life));
  }

  @Override
  public Staging stage() {
    return bucket.stage();
  }

  @Override
  public void put(ObjectKey key, byte[] bytes) {
    bucket.put(key, bytes);
  }

  @Override
  public Optional<ObjectInfo> head(ObjectKey key) {
    return bucket.head(key);
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, int maxBytes) {
    return bucket.read(key, maxBytes);
  }

  @Override
  public Optional<InputStream> stream(ObjectKey key) {
    return bucket.stream(key);
  }

  @Override
  public void delete(ObjectKey key) {
    bucket.delete(key);
  }

  @Override
  public List<ObjectKey> list(ObjectKey parent, int limit) {
    return bucket.list(parent, limit);
  }

  @Override
  public Scan.Objects scan(Optional<ObjectKey> after, int limit) {
    return bucket.scan(after, limit);
  }

  @Override
  public Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit) {
    return bucket.scanBelow(parent, after, limit);
  }

  @Override
  public MultipartId createMultipart(ObjectKey key) {
    return bucket.createMultipart(key);
  }

  @Override
  public void putPart(MultipartId upload, int partNumber, ObjectKey source) {
    bucket.putPart(upload, partNumber, source);
  }

  @Override
  public boolean completeMultipart(MultipartId upload, List<Integer> partNumbers) {
    return bucket.completeMultipart(upload, partNumbers);
  }

  @Override
  public void abortMultipart(MultipartId upload) {
    bucket.abortMultipart(upload);
  }
}
