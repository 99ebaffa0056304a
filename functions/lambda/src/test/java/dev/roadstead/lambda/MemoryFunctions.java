package dev.roadstead.lambda;

import dev.roadstead.endpoints.FunctionKeys;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyEdgeStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryEdgeStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.ReadAddresses;
import dev.roadstead.route.Task;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.store.EdgeStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Functions that share stores in memory, which note every call. */
final class MemoryFunctions {
  static final LocationKeys KEYS = new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));

  final InMemoryMetadataStore metadata = new InMemoryMetadataStore();
  final InMemoryBlobStore blobs = new InMemoryBlobStore();
  final FaultPlan calls = new FaultPlan();
  final InMemoryMetadataStore secrets = new InMemoryMetadataStore();
  final InMemoryEdgeStore edge = new InMemoryEdgeStore();
  final FaultPlan edgeCalls = new FaultPlan();

  /** A registry that is open to everybody who can reach its functions. */
  FunctionKeys keys =
      new FunctionKeys(KEYS, Optional.empty(), Optional.empty(), new ReadAddresses(List::of));

  final SnapshotRandom random = new SnapshotRandom(SecureRandom::new);

  Wiring wiring(Task task) {
    var environment =
        new Environment(
            new FaultyMetadataStore(metadata, calls),
            new FaultyBlobStore(blobs, calls),
            InstantSource.system(),
            random,
            RegistrySettings.DEFAULTS);
    return new Wiring(task, environment, keys, random, Optional.empty(), new Memory());
  }

  /** There is no event but those of the stores that have them. */
  private final class Memory implements Cloud {
    @Override
    public void leavingNoConnection(Runnable work) {
      work.run();
    }

    @Override
    public List<BlobCreated.Event> arrivals(byte[] event) {
      return List.of();
    }

    @Override
    public SecretTable secrets() {
      return new SecretTable(secrets);
    }

    @Override
    public EdgeStore edge() {
      return new FaultyEdgeStore(edge, edgeCalls);
    }
  }

  Response call(Operation operation, String event) {
    return call(operation, event.getBytes(StandardCharsets.UTF_8));
  }

  Response call(Operation operation, byte[] event) {
    return Response.parse(wiring(operation).handler().apply(new ByteArrayInputStream(event)));
  }
}
