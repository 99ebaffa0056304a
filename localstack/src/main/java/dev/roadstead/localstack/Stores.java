package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.AwsSetup;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.embedded.DataFolderException;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.relay.server.Deadline;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Ids;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both stores of one registry, and the door through which clients reach its bytes. */
final class Stores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  /** How long an S3 server may take to begin that posts its events. */
  private static final Duration S3_START_LIMIT = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final DataFolder folder;
  private final InstantSource clock;
  private final Ids ids;
  private final RandomGenerator random;

  /** What to close, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Stores that are not opened yet, with what lies on this machine in this folder. */
  Stores(DataFolder folder, InstantSource clock, Ids ids, RandomGenerator random) {
    this.folder = folder;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /**
   * Stores that are being opened.
   *
   * @param metadata waits until it is open, the first time
   * @param door is made for whoever wants to hear of blobs that came through it
   * @param events reads what the bucket's server says has arrived, when bytes are in a bucket
   */
  record Opened(
      Supplier<MetadataStore> metadata,
      BlobStore blobs,
      Function<Consumer<DirectPut>, ObjectStoreDoor> door,
      Optional<S3Events> events) {
    Opened(Supplier<MetadataStore> metadata, AwsStores aws) {
      this(
          metadata,
          aws.blobs(),
          told -> new S3StoreDoor(aws.blobs(), told),
          Optional.of(new S3Events(aws.origins().bucket(), aws.origins()::repository)));
    }
  }

  /** Opens the stores, once. */
  Opened open(Backend backend) {
    return switch (backend) {
      case Backend.Embedded() -> {
        var metadata = sqlite();
        var addresses = new ObjectAddress(folder.secret(Secret.OBJECT_ADDRESSES), clock);
        var blobs = new FileBlobStore(folder, ids, addresses);
        yield new Opened(
            metadata, blobs, told -> new FileStoreDoor(blobs, addresses, told), Optional.empty());
      }
      case Backend.EmbeddedS3(var settings, var events) -> {
        var metadata = sqlite();
        var aws = aws(settings);
        bucket(aws.setup(), events.isPresent());
        yield new Opened(metadata, aws);
      }
      case Backend.Aws(var settings, var events) -> {
        var aws = aws(settings);
        aws.setup().table();
        bucket(aws.setup(), events.isPresent());
        yield new Opened(aws::metadata, aws);
      }
    };
  }

  /**
   * Sees to it that there is a bucket. A server that posts its events looks at its start whether
   * somebody takes them, so it begins after us.
   */
  private static void bucket(AwsSetup setup, boolean beginsAfterUs) {
    var deadline = Deadline.after(beginsAfterUs ? S3_START_LIMIT : Duration.ZERO);
    while (true) {
      try {
        setup.bucket();
        return;
      } catch (StoreException notYet) {
        if (deadline.nanosLeft() <= 0) {
          throw notYet;
        }
        LOG.info("waiting for the S3 server: {}", notYet.getMessage());
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  private AwsStores aws(AwsSettings settings) {
    var surroundings = new AwsStores.Surroundings(clock, ids, random, folder.tmp());
    var aws = new AwsStores(settings, surroundings);
    open.push(aws);
    return aws;
  }

  /** Opening the database takes longer than all the rest, which is done beside it. */
  private Supplier<MetadataStore> sqlite() {
    var opening =
        CompletableFuture.supplyAsync(
            () -> SqliteMetadataStore.open(folder), work -> new Thread(work, "sqlite").start());
    open.push(() -> opened(opening).close());
    return () -> opened(opening);
  }

  private static SqliteMetadataStore opened(CompletableFuture<SqliteMetadataStore> opening) {
    try {
      return opening.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof DataFolderException known ? known : failed;
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (DataFolderException neverOpened) {
        LOG.debug("nothing to close", neverOpened);
      } catch (Exception failed) {
        LOG.warn("could not close cleanly: {}", failed.toString());
      }
    }
  }
}
