package dev.roadstead.localstack;

import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event that a blob was created, from who makes it: the bucket's server, which posts it to an
 * address of its own here, or else the gateway, through whose hands every direct PUT goes.
 *
 * <p>The port is taken before anything else: servers look at their start whether somebody listens.
 * What they send before {@link #serve} waits.
 */
final class StorageEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorageEvents.class);

  private final Optional<URI> address;
  private final Optional<Gateway> door;

  private StorageEvents(Optional<URI> address, Optional<Gateway> door) {
    this.address = address;
    this.door = door;
  }

  /**
   * The events of these stores.
   *
   * @throws IOException when the port cannot be had
   */
  static StorageEvents of(Backend backend) throws IOException {
    var address = backend.events();
    if (address.isEmpty()) {
      return new StorageEvents(address, Optional.empty());
    }
    var host = InetAddress.getByName(address.get().getHost());
    return new StorageEvents(address, Optional.of(Gateway.bind(host, address.get().getPort())));
  }

  /** Whether events can be taken here: HTTP, on this machine alone, under a name. */
  static boolean isPossible(URI address) {
    try {
      return "http".equals(address.getScheme())
          && address.getHost() != null
          && InetAddress.getByName(address.getHost()).isLoopbackAddress()
          && address.getPort() > 0
          && address.getPath().length() > 1;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** What the gateway does itself when a direct PUT has gone through it. */
  Consumer<DirectPut> imitated(Consumer<DirectPut> event) {
    return door.isPresent() ? told -> {} : event;
  }

  /** Begins to take events, if anybody sends them. */
  void serve(Stores.Opened stores, BlobCreated job) {
    if (door.isPresent() && address.isPresent() && stores.events().isPresent()) {
      door.get().serve(new Receiver(address.get().getPath(), stores.events().get(), job));
    }
  }

  @Override
  public void close() {
    door.ifPresent(Gateway::close);
  }

  /**
   * Does what an event asks for before it answers: a server that is told 503 may send it again, and
   * one that does not has lost nothing, because whoever misses the blob claims it.
   */
  private static final class Receiver extends Handler.Abstract {
    private final String path;
    private final S3Events events;
    private final BlobCreated job;

    Receiver(String path, S3Events events, BlobCreated job) {
      this.path = path;
      this.events = events;
      this.job = job;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      response.setStatus(answer(request));
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return true;
    }

    private int answer(Request request) throws IOException {
      if (!path.equals(request.getHttpURI().getPath())) {
        return HttpStatus.NOT_FOUND_404;
      }
      if (!HttpMethod.POST.is(request.getMethod())) {
        return HttpStatus.METHOD_NOT_ALLOWED_405;
      }
      var json = Content.Source.asInputStream(request).readNBytes(S3Events.MAX_BYTES + 1);
      return json.length > S3Events.MAX_BYTES ? HttpStatus.PAYLOAD_TOO_LARGE_413 : done(json);
    }

    private int done(byte[] json) {
      try {
        events.read(json).forEach(job::run);
        return HttpStatus.OK_200;
      } catch (IllegalArgumentException malformed) {
        return HttpStatus.BAD_REQUEST_400;
      } catch (StoreException failed) {
        LOG.warn("event not heeded: {}", failed.getMessage());
        return HttpStatus.SERVICE_UNAVAILABLE_503;
      }
    }
  }
}
