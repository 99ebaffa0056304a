package dev.roadstead.endpoints.jobs;

import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RegistrySettings;
import java.time.Instant;
import java.util.UUID;

/** The job that counts pulls, on stores that can fail, at noon of a day. */
abstract class CountingPulls {
  static final RepositoryName APP = new RepositoryName("team/app");
  static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  static final long AT = NOW.toEpochMilli();
  static final long TODAY = PullCount.dayOf(AT);

  final FaultPlan calls = new FaultPlan();
  final Pulls pulls =
      new Pulls(
          new Environment(
              new FaultyMetadataStore(new InMemoryMetadataStore(), calls),
              new InMemoryBlobStore(),
              () -> NOW,
              UUID::randomUUID,
              RegistrySettings.DEFAULTS));
  final CountPulls job = new CountPulls(pulls, UUID::randomUUID);

  static Digest manifest(int number) {
    return Digest.sha256(new byte[] {(byte) (number / 256), (byte) number});
  }
}
