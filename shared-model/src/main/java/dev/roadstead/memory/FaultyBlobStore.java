package dev.roadstead.memory;

import dev.roadstead.model.Digest;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Staging;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A blob store whose calls are counted and may be the last of their process. */
public record FaultyBlobStore(BlobStore store, FaultPlan plan) implements BlobStore {
  @Override
  public Staging stage() {
    return new FaultyStaging(store.stage(), plan);
  }

  @Override
  public void put(ObjectKey key, byte[] bytes) {
    plan.run("put", () -> store.put(key, bytes));
  }

  @Override
  public Optional<ObjectInfo> head(ObjectKey key) {
    return plan.run("head", () -> store.head(key));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, int maxBytes) {
    return plan.run("read", () -> store.read(key, maxBytes));
  }

  @Override
  public void delete(ObjectKey key) {
    plan.run("delete", () -> store.delete(key));
  }

  @Override
  public List<ObjectKey> list(ObjectKey parent, int limit) {
    return plan.run("list", () -> store.list(parent, limit));
  }

  @Override
  public Optional<InputStream> stream(ObjectKey key) {
    return plan.run("stream", () -> store.stream(key));
  }

  @Override
  public Scan.Objects scan(Optional<ObjectKey> after, int limit) {
    return plan.run("scanObjects", () -> store.scan(after, limit));
  }

  @Override
  public Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit) {
    return plan.run("scanBelow", () -> store.scanBelow(parent, after, limit));
  }

  @Override
  public MultipartId createMultipart(ObjectKey key) {
    return plan.run("createMultipart", () -> store.createMultipart(key));
  }

  @Override
  public void putPart(MultipartId upload, int partNumber, ObjectKey source) {
    plan.run("putPart", () -> store.putPart(upload, partNumber, source));
  }

  @Override
  public boolean completeMultipart(MultipartId upload, List<Integer> partNumbers) {
    return plan.run("completeMultipart", () -> store.completeMultipart(upload, partNumbers));
  }

  @Override
  public void abortMultipart(MultipartId upload) {
    plan.run("abortMultipart", () -> store.abortMultipart(upload));
  }

  @Override
  public URI readAddress(ObjectKey key, Duration life) {
    return store.readAddress(key, life); // a computation, no call
  }

  private record FaultyStaging(Staging staging, FaultPlan plan) implements Staging {
    @Override
    public void write(ByteBuffer bytes) {
      staging.write(bytes);
    }

    @Override
    public long sizeBytes() {
      return staging.sizeBytes();
    }

    @Override
    public void storeAs(ObjectKey key) {
      plan.run("storeAs", () -> staging.storeAs(key));
    }

    @Override
    public void storeAs(ObjectKey key, Digest sha256) {
      plan.run("storeAs", () -> staging.storeAs(key, sha256));
    }

    @Override
    public void storeAsPart(MultipartId upload, int partNumber) {
      plan.run("storeAsPart", () -> staging.storeAsPart(upload, partNumber));
    }

    @Override
    public void close() {
      staging.close();
    }
  }
}
