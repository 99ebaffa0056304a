package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A registry, in memory unless its metadata is to be elsewhere, with a clock that stands still
 * until it is told to move, ids that count, and two processes on the same stores: one that faults
 * can strike, and one that they never do.
 */
final class World {
  /** The repository that most tests use. */
  static final RepositoryName APP = new RepositoryName("library/app");

  /** Another one. */
  static final RepositoryName OTHER = new RepositoryName("library/other");

  private final MetadataStore items;
  private final InMemoryBlobStore objects = new InMemoryBlobStore();
  private final FaultPlan faults = new FaultPlan();
  private final LocationKeys locationKeys =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private final AtomicLong idsGiven = new AtomicLong();
  private final RegistrySettings settings;
  private final TestProcess bystander;
  private TestProcess process;
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** A registry as it comes. */
  World() {
    this(RegistrySettings.DEFAULTS);
  }

  /** A registry with other settings. */
  World(RegistrySettings settings) {
    this(settings, new InMemoryMetadataStore());
  }

  /** A registry whose metadata is in this store, which is empty. */
  World(RegistrySettings settings, MetadataStore items) {
    this.settings = settings;
    this.items = items;
    this.bystander = processOn(items, objects);
    this.process = begin();
  }

  private TestProcess begin() {
    return processOn(new FaultyMetadataStore(items, faults), new FaultyBlobStore(objects, faults));
  }

  /** A further process on these stores. */
  TestProcess processOn(MetadataStore metadata, BlobStore blobs) {
    var environment = new Environment(metadata, blobs, () -> now, this::nextId, settings);
    return TestProcess.on(environment, locationKeys);
  }

  private UUID nextId() {
    return new UUID(idsGiven.incrementAndGet() << 32, 0);
  }

  /** The process that faults strike. */
  TestProcess process() {
    return process;
  }

  /** The process that they do not strike. */
  TestProcess bystander() {
    return bystander;
  }

  /** A client of the process that faults strike. */
  Client client(RepositoryName repository) {
    return new Client(this, this::process, repository);
  }

  /** A client of the other process. */
  Client other(RepositoryName repository) {
    return new Client(this, this::bystander, repository);
  }

  FaultPlan faults() {
    return faults;
  }

  MetadataStore items() {
    return items;
  }

  /** Every item there is. */
  List<Item> all() {
    var all = new ArrayList<Item>();
    Optional<Key> after = Optional.empty();
    do {
      var page = items.scan(after, Scan.MAX_LIMIT);
      all.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  InMemoryBlobStore objects() {
    return objects;
  }

  /**
   * Lets the process die at a store call, and begins a new one; tells whether it came so far.
   *
   * @param call counted from 0
   */
  boolean crashes(int call, When when, Runnable act) {
    faults.crashAt(call, when);
    try {
      act.run();
    } catch (Crashed asPlanned) {
      // the process is gone
    }
    boolean crashed = faults.crashed();
    restart();
    return crashed;
  }

  /** Ends the process and begins a new one, which remembers nothing. */
  void restart() {
    faults.restart();
    process = begin();
  }

  /** Lets time pass. */
  void passes(Duration time) {
    now = now.plus(time);
  }

  /** Says that everything is as it must be, whatever happened. */
  void isSafe() {
    assertThat(Safe.violations(this)).as("violations").isEmpty();
  }

  /**
   * Delivers the object store's events about direct PUTs, which may be late, and says that they
   * leave no object behind that nothing names.
   */
  void isSafeAfterEvents() {
    for (var key : directPuts()) {
      deliver(key);
    }
    isSafe();
    assertThat(Safe.unnamedDirectPuts(this)).as("direct PUTs that nothing names").isEmpty();
  }

  /** Everything that direct PUTs brought and that is still there. */
  List<ObjectKey> directPuts() {
    return objects.keys().stream()
        .filter(key -> key.startsWith("in/"))
        .sorted()
        .map(ObjectKey::new)
        .toList();
  }

  /** Delivers the event of one direct PUT. */
  void deliver(ObjectKey key) {
    var digest = Digest.parse("sha256:" + key.text().split("/", -1)[2]);
    for (var repository : List.of(APP, OTHER)) {
      if (key.text().startsWith(Keys.directPuts(repository, digest).text() + "/")) {
        bystander.claims().arrived(repository, digest, key);
      }
    }
  }
}
