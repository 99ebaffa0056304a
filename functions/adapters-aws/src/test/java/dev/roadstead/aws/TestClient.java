package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.AppendResult;
import dev.roadstead.registry.Blobs;
import dev.roadstead.registry.Chunk;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.FinishResult;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.LinkRecord;
import dev.roadstead.registry.ManifestPut;
import dev.roadstead.registry.Manifests;
import dev.roadstead.registry.PutResult;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Repositories;
import dev.roadstead.registry.Uploads;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pushes and pulls on real servers, with the protocols and without HTTP. */
final class TestClient {
  private static final int PATIENCE = 5;

  private final RepositoryName repository = new RepositoryName("team/app");
  private final AwsStores stores;
  private final Uploads uploads;
  private final Blobs blobs;
  private final Manifests manifests;
  private final ManifestPut puts;

  TestClient(AwsStores stores) {
    this(stores, stores.metadata());
  }

  /** A client whose metadata goes through another store before it comes to the table. */
  TestClient(AwsStores stores, MetadataStore metadata) {
    this.stores = stores;
    var environment =
        new Environment(
            metadata,
            stores.blobs(),
            aSecondLaterEachTime(),
            UUID::randomUUID,
            RegistrySettings.DEFAULTS);
    var claims = new Claims(environment);
    uploads = new Uploads(environment);
    blobs = new Blobs(environment, claims);
    manifests = new Manifests(environment);
    puts = new ManifestPut(environment, claims, new Repositories(environment));
  }

  RepositoryName repository() {
    return repository;
  }

  Optional<LinkRecord> find(byte[] blob) {
    return blobs.find(repository, Digest.sha256(blob));
  }

  /** What requests cost depends on whether a second has begun between them: here it has, always. */
  private static InstantSource aSecondLaterEachTime() {
    var now = new AtomicReference<>(Instant.now());
    return () -> now.updateAndGet(before -> before.plusSeconds(1));
  }

  /** As {@code HEAD} does, after which a blob stays that nothing names yet. */
  void look(byte[] blob) {
    var _ = blobs.findForPush(repository, Digest.sha256(blob));
  }

  SessionId start() {
    return uploads.start(repository, Optional.empty());
  }

  /** Sends a blob in chunks; after an error it asks how far the upload is, and goes on there. */
  void push(byte[] blob, int chunkBytes) {
    var digest = Digest.sha256(blob);
    for (int round = 0; blobs.findForPush(repository, digest).isEmpty(); round++) {
      assertThat(round).as("uploads begun").isLessThan(PATIENCE);
      var session = start();
      if (send(session, blob, chunkBytes)) {
        finish(session, digest);
      }
    }
  }

  /** Whether everything was taken; otherwise the session is gone. */
  private boolean send(SessionId session, byte[] blob, int chunkBytes) {
    long offset = 0;
    int errors = 0;
    while (offset < blob.length) {
      int end = (int) Math.min(blob.length, offset + chunkBytes);
      try {
        var chunk = Arrays.copyOfRange(blob, (int) offset, end);
        var result = uploads.append(repository, session, chunk(offset, chunk));
        if (!(result instanceof AppendResult.Accepted(long accepted))) {
          return false;
        }
        offset = accepted;
      } catch (StoreException failed) {
        assertThat(++errors).as("errors").isLessThan(PATIENCE);
        var status = uploads.status(repository, session);
        if (status.isEmpty()) {
          return false;
        }
        offset = status.get().offsetBytes();
      }
    }
    return true;
  }

  private static Chunk chunk(long from, byte[] bytes) {
    return new Chunk(
        OptionalLong.of(from),
        OptionalLong.of(bytes.length),
        Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  /** Twice, as clients do that get no answer; whether the blob is there is looked at next. */
  private void finish(SessionId session, Digest digest) {
    try {
      uploads.finish(repository, session, digest);
    } catch (StoreException lost) {
      uploads.finish(repository, session, digest);
    }
  }

  /** A whole blob in one chunk and an empty {@code PUT}, as through the relay. */
  void pushStream(byte[] blob) {
    var session = start();
    var taken = uploads.append(repository, session, chunk(0, blob));
    assertThat(taken).isEqualTo(new AppendResult.Accepted(blob.length));
    finish(session, Digest.sha256(blob));
  }

  /** Past everything: one {@code POST} to a function, and the blob is in the bucket, there. */
  ObjectKey pushDirect(byte[] blob) {
    var digest = Digest.sha256(blob);
    try (var staging = stores.blobs().stage()) {
      var object = Keys.directPut(repository, digest, start());
      staging.write(ByteBuffer.wrap(blob));
      staging.storeAs(object, digest);
      return object;
    }
  }

  /** A whole blob with its digest in one request to a function. */
  void pushWhole(byte[] blob) {
    var result = uploads.finish(repository, start(), Digest.sha256(blob), chunk(0, blob));
    assertThat(result).isInstanceOf(FinishResult.Created.class);
  }

  /** A manifest that names this blob as its config and its only layer. */
  static byte[] manifest(byte[] blob) {
    return manifest(blob, blob);
  }

  /** A manifest of an image with these layers. */
  static byte[] manifest(byte[] config, byte[]... layers) {
    var descriptors =
        Stream.of(layers)
            .map(layer -> descriptor("layer.v1.tar", layer))
            .collect(Collectors.joining(","));
    return ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":"
            + descriptor("config.v1+json", config)
            + ",\"layers\":["
            + descriptors
            + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String descriptor(String type, byte[] blob) {
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, Digest.sha256(blob), blob.length);
  }

  void put(byte[] manifest, String tag) {
    var push =
        new ManifestPut.Push(
            repository,
            Optional.of(new Tag(tag)),
            Digest.sha256(manifest),
            ManifestReader.read(Optional.empty(), manifest),
            manifest,
            Caller.ANONYMOUS,
            "push");
    assertThat(puts.put(push)).isInstanceOf(PutResult.Stored.class);
  }

  /** The manifest that a tag names. */
  Optional<byte[]> pull(String tag) {
    return pull(new Tag(tag));
  }

  /** The manifest that a tag or digest names. */
  Optional<byte[]> pull(Reference reference) {
    return manifests.read(repository, reference).map(found -> found.bytes());
  }

  /** Says that a blob that is linked has its bytes: nothing is ever half committed. */
  void hasNothingHalf(byte[] blob) {
    find(blob)
        .ifPresent(
            link -> {
              var bytes = stores.blobs().read(link.objectKey(), blob.length);
              assertThat(bytes).as("bytes of a blob that is linked").isPresent();
              assertThat(Arrays.equals(bytes.get(), blob)).isTrue();
            });
  }
}
