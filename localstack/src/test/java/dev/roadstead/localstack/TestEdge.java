package dev.roadstead.localstack;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.relay.Relay;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.rule.Access;
import dev.roadstead.store.Ids;
import dev.roadstead.wire.UploadExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An edge without relay, before one function of the test's own that stands for all. */
final class TestEdge implements AutoCloseable {
  private final DataFolder folder;
  private final Gateway gateway;
  private final int port;

  private TestEdge(DataFolder folder, Gateway gateway) {
    this.folder = folder;
    this.gateway = gateway;
    this.port = gateway.port();
  }

  /** An edge with the limits of production. */
  static TestEdge before(Endpoint function, Path data) {
    return before(function, FunctionHost.TIME_LIMIT, Gateway.IDLE_LIMIT, data);
  }

  /** An edge with these limits for a call and for a client's silence. */
  static TestEdge before(Endpoint function, Duration callLimit, Duration idleLimit, Path data) {
    InstantSource clock = InstantSource.system();
    Ids ids = UUID::randomUUID;
    var folder = DataFolder.open(data, new SecureRandom());
    var addresses = new ObjectAddress(new byte[32], clock);
    var blobs = new FileBlobStore(folder, ids, addresses);
    var environment =
        new Environment(new InMemoryMetadataStore(), blobs, clock, ids, RegistrySettings.DEFAULTS);
    var keys = new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
    var uploads = new UploadExchange(new Uploads(environment), keys, environment.settings(), clock);
    var handler =
        new EdgeHandler(
            new EdgeRouter(new EdgeRouter.Ways(false, true), keys, clock),
            new FunctionsInProcess(operation -> function, callLimit),
            new FileStoreDoor(blobs, addresses, put -> {}),
            new Relay(uploads, visitor -> Access.OPEN)::handle,
            new Failures(ids),
            false);
    try {
      var gateway = Gateway.bind(InetAddress.getLoopbackAddress(), 0, idleLimit, Optional.empty());
      gateway.serve(handler);
      return new TestEdge(folder, gateway);
    } catch (IOException failed) {
      throw new AssertionError("no port", failed);
    }
  }

  RawConnection connect() {
    return RawConnection.to(port);
  }

  /** Returns when the port is closed, as it is soon after the end has begun. */
  void awaitNoMoreConnections() {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
      } catch (IOException refused) {
        return;
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
    folder.close();
  }
}
