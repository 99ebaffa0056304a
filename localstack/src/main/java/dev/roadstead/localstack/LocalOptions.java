package dev.roadstead.localstack;

import dev.roadstead.localstack.runtime.FunctionPackage;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.EdgeRouter.Ways;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a registry on this machine is asked to be.
 *
 * @param port 0 for any that is free
 * @param data the folder that holds everything
 * @param relay what becomes of streams; to wake one takes a backend that processes share
 * @param showRedirects whether clients see the redirect to a blob's bytes
 * @param idleLimit how long a client may be silent in the middle of something
 * @param settings how long things live, and what is allowed
 * @param collectEvery the pause between two runs of the collector
 * @param backend where it keeps what it is given
 * @param processes the package of the functions, when they are to run as processes of their own;
 *     takes a backend that those share
 * @param administrator the password of the first administrator, if accounts are asked for
 * @param tls what it proves with who it is, if TLS is asked for
 * @param requestsPerMinute of each account, and of each network without one; empty for no limit
 */
public record LocalOptions(
    InetAddress address,
    int port,
    Path data,
    RelayMode relay,
    boolean showRedirects,
    Duration idleLimit,
    RegistrySettings settings,
    Duration collectEvery,
    Backend backend,
    Optional<FunctionPackage> processes,
    Optional<String> administrator,
    Optional<TlsFiles> tls,
    OptionalInt requestsPerMinute) {
  private static final Duration COLLECT_EVERY = Duration.ofMinutes(5);

  /** Open, with the limit that is right for people's networks, and the collector as it comes. */
  public LocalOptions(
      InetAddress address, int port, Path data, boolean relay, boolean showRedirects) {
    this(
        address,
        port,
        data,
        relay ? new RelayMode.Local() : new RelayMode.None(),
        showRedirects,
        Gateway.IDLE_LIMIT,
        RegistrySettings.DEFAULTS,
        COLLECT_EVERY,
        new Backend.Embedded(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /** The same with other settings. */
  public LocalOptions with(RegistrySettings others) {
    return with(draft -> draft.settings = others);
  }

  /** The same with another relay. */
  public LocalOptions with(RelayMode other) {
    return with(draft -> draft.relay = other);
  }

  /** The same with other stores. */
  public LocalOptions with(Backend other) {
    return with(draft -> draft.backend = other);
  }

  /** The same with functions that are processes of their own. */
  public LocalOptions with(FunctionPackage code) {
    return with(draft -> draft.processes = Optional.of(code));
  }

  /** The same with another limit for silence. */
  public LocalOptions with(Duration otherLimit) {
    return with(draft -> draft.idleLimit = otherLimit);
  }

  /** The same with another pause between two runs of the collector. */
  public LocalOptions collectingEvery(Duration pause) {
    return with(draft -> draft.collectEvery = pause);
  }

  /** The same with accounts; the first administrator gets this password. */
  public LocalOptions withAccounts(String password) {
    return with(draft -> draft.administrator = Optional.of(password));
  }

  /** The same with TLS. */
  public LocalOptions with(TlsFiles files) {
    return with(draft -> draft.tls = Optional.of(files));
  }

  /** The same with a limit for requests. */
  public LocalOptions limitedTo(int perMinute) {
    return with(draft -> draft.requestsPerMinute = OptionalInt.of(perMinute));
  }

  /** Which ways past the functions there are. */
  Ways ways() {
    return new Ways(!(relay instanceof RelayMode.None), settings.directPut());
  }

  private LocalOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.over(this);
  }

  /** What can be changed, while it is changed. */
  private static final class Draft {
    private RelayMode relay;
    private Duration idleLimit;
    private RegistrySettings settings;
    private Duration collectEvery;
    private Backend backend;
    private Optional<FunctionPackage> processes;
    private Optional<String> administrator;
    private Optional<TlsFiles> tls;
    private OptionalInt requestsPerMinute;

    Draft(LocalOptions before) {
      relay = before.relay;
      idleLimit = before.idleLimit;
      settings = before.settings;
      collectEvery = before.collectEvery;
      backend = before.backend;
      processes = before.processes;
      administrator = before.administrator;
      tls = before.tls;
      requestsPerMinute = before.requestsPerMinute;
    }

    LocalOptions over(LocalOptions before) {
      return new LocalOptions(
          before.address,
          before.port,
          before.data,
          relay,
          before.showRedirects,
          idleLimit,
          settings,
          collectEvery,
          backend,
          processes,
          administrator,
          tls,
          requestsPerMinute);
    }
  }

  /** Nothing of the password. */
  @Override
  public String toString() {
    return "LocalOptions[address=" + address + ", port=" + port + ", data=" + data + "]";
  }
}
