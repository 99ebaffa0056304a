package dev.roadstead.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * How long things live, and what an operator may allow. No life is needed for safety: a clock that
 * is wrong makes a client upload something again, never lose it.
 *
 * @param linkGrace how long a blob stays linked to a repository in which nothing refers to it
 * @param sessionLife how long an upload session may stand still
 * @param directLife how long after the POST a whole blob may begin to be sent past the functions
 * @param trashLife how long an object can be got back from the trash
 * @param readLife how long a client may read an object without asking again; 15 minutes at most
 * @param untaggedLife how long a manifest stays that no tag, index or subject keeps; empty: for
 *     ever
 * @param collectionLimits how much the collector may condemn on one day
 * @param sparseIndexes whether an index may name manifests that its repository does not have
 * @param directPut whether whole blobs may go past functions and relay into the object store
 */
public record RegistrySettings(
    Duration linkGrace,
    Duration sessionLife,
    Duration directLife,
    Duration trashLife,
    Duration readLife,
    Optional<Duration> untaggedLife,
    CollectionLimits collectionLimits,
    boolean sparseIndexes,
    boolean directPut) {

  /** The lives of a production registry; what no specification asks for is refused. */
  public static final RegistrySettings DEFAULTS =
      new RegistrySettings(
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(1),
          Duration.ofDays(37),
          Duration.ofMinutes(15),
          Optional.empty(),
          CollectionLimits.DEFAULTS,
          false,
          true);

  /** Refuses lives that contradict each other with {@link IllegalArgumentException}. */
  public RegistrySettings {
    if (directLife.compareTo(sessionLife) > 0) {
      throw new IllegalArgumentException("a session outlives its direct way");
    }
    if (readLife.compareTo(Duration.ofMinutes(15)) > 0) {
      throw new IllegalArgumentException("a read address lives 15 minutes at most");
    }
  }

  /** The same, with sparse indexes allowed or refused. */
  public RegistrySettings withSparseIndexes(boolean allowed) {
    return new RegistrySettings(
        linkGrace,
        sessionLife,
        directLife,
        trashLife,
        readLife,
        untaggedLife,
        collectionLimits,
        allowed,
        directPut);
  }

  /** The same, with whole blobs allowed past functions and relay or not. */
  public RegistrySettings withDirectPut(boolean allowed) {
    return new RegistrySettings(
        linkGrace,
        sessionLife,
        directLife,
        trashLife,
        readLife,
        untaggedLife,
        collectionLimits,
        sparseIndexes,
        allowed);
  }

  /** The same, with other lives for what nothing needs. */
  public RegistrySettings withLives(Duration grace, Duration trash, Optional<Duration> untagged) {
    return new RegistrySettings(
        grace,
        sessionLife,
        directLife,
        trash,
        readLife,
        untagged,
        collectionLimits,
        sparseIndexes,
        directPut);
  }

  /** The same, with other limits for the collector. */
  public RegistrySettings withCollectionLimits(CollectionLimits others) {
    return new RegistrySettings(
        linkGrace,
        sessionLife,
        directLife,
        trashLife,
        readLife,
        untaggedLife,
        others,
        sparseIndexes,
        directPut);
  }
}
