package dev.roadstead.registry;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Ids;
import dev.roadstead.store.MetadataStore;
import java.time.Duration;
import java.time.InstantSource;

/** What every protocol runs on. */
public record Environment(
    MetadataStore metadata,
    BlobStore blobs,
    InstantSource clock,
    Ids ids,
    RegistrySettings settings) {

  /** The time, in seconds since 1970. */
  public long nowSeconds() {
    return clock.instant().getEpochSecond();
  }

  /** The time after this while, in seconds since 1970. */
  public long inSeconds(Duration wait) {
    return nowSeconds() + wait.toSeconds();
  }
}
