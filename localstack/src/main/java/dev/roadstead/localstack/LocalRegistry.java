package dev.roadstead.localstack;

import dev.roadstead.access.OperatorToken;
import dev.roadstead.access.RateLimits;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.embedded.DataFolderException;
import dev.roadstead.embedded.DoorFile;
import dev.roadstead.endpoints.Endpoints;
import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.endpoints.http.RefusalLine;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.CountPulls;
import dev.roadstead.endpoints.jobs.RecordRefusals;
import dev.roadstead.endpoints.jobs.RunCollector;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.registry.Uploads;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.relay.Relay;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.store.Ids;
import dev.roadstead.wire.UploadExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpURI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole registry in this process: everything is wired here, and nowhere else. */
public final class LocalRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRegistry.class);

  /** How often audit entries and counts are looked for whose lives are over. */
  private static final Duration EXPIRE_EVERY = Duration.ofHours(6);

  /** How often pulls are stored that were counted: what a killed process takes with it. */
  private static final Duration COUNT_PULLS_EVERY = Duration.ofMinutes(1);

  /** What to close, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final InstantSource clock;
  private final Ids ids = UUID::randomUUID;
  private int port;
  private boolean administratorAdded;

  private LocalRegistry(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Starts a registry; it answers when this returns.
   *
   * @throws IOException when the port cannot be had
   * @throws DataFolderException when the folder cannot be used
   */
  public static LocalRegistry start(LocalOptions options) throws IOException {
    return start(options, InstantSource.system());
  }

  /** The same by another clock. */
  public static LocalRegistry start(LocalOptions options, InstantSource clock) throws IOException {
    var registry = new LocalRegistry(clock);
    try {
      registry.wire(options);
      return registry;
    } catch (IOException | RuntimeException failed) {
      registry.close();
      throw failed;
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  private void wire(LocalOptions options) throws IOException {
    var random = new SecureRandom();
    var folder = closing(DataFolder.open(options.data(), random));
    DoorFile.remove(folder);
    var events = closing(StorageEvents.of(options.backend()));
    var stores = closing(new Stores(folder, clock, ids, random)).open(options.backend());
    var operator = OperatorToken.make(random);
    var locationKeys = new LocationKeys(List.of(folder.secret(Secret.UPLOAD_LOCATIONS)));
    var jobs = closing(new Jobs());
    var gateway = closing(gateway(options, jobs));
    var settings = options.settings();
    var environment =
        new Environment(stores.metadata().get(), stores.blobs(), clock, ids, settings);
    var access = LocalAccess.of(options, folder, environment, operator, random);
    administratorAdded = options.administrator().filter(access::addAdministrator).isPresent();
    var uploads = new Uploads(environment);
    var streams = new UploadExchange(uploads, locationKeys, settings, clock);
    var blobCreated = new BlobCreated(new Claims(environment));
    repeat(jobs, environment, options);
    var told = ProcessSettings.of(options, folder, access.keys());
    var here = new Relay(streams, access.control().authenticator());
    var relay = closing(relay(options, told, here, environment, folder.tmp()));
    var endpoints =
        new Endpoints(
            environment,
            locationKeys,
            access.control(),
            work -> jobs.run("check", work),
            relay.wake());
    var inProcess = new FunctionsInProcess(endpoints::of, FunctionHost.TIME_LIMIT);
    var functions = functions(options, inProcess, told, refusals(access, environment, jobs));
    gateway.serve(
        new EdgeHandler(
            new EdgeRouter(options.ways(), locationKeys, clock, access.gate()),
            limited(options, counted(functions, new Pulls(environment), jobs), access, operator),
            stores
                .door()
                .apply(
                    events.imitated(
                        put ->
                            jobs.run(
                                "blob-created", () -> blobCreated.run(BlobCreated.Event.of(put))))),
            relay,
            new Failures(ids),
            options.showRedirects()));
    events.serve(stores, blobCreated);
    port = gateway.port();
    openDoor(folder, options, gateway.doorPort(), operator);
  }

  private static void repeat(Jobs jobs, Environment environment, LocalOptions options) {
    var runCollector = new RunCollector(new Collector(environment));
    jobs.repeat("run-collector", options.collectEvery(), runCollector::run);
    jobs.repeat("audit", EXPIRE_EVERY, new AuditLog(environment)::expire);
  }

  private static Gateway gateway(LocalOptions options, Jobs jobs) throws IOException {
    var tls = options.tls().map(Tls::new);
    tls.ifPresent(shown -> jobs.repeat("tls", Tls.LOOK_EVERY, shown::refresh));
    return Gateway.bind(options.address(), options.port(), options.idleLimit(), tls);
  }

  private static LocalRelay relay(
      LocalOptions options,
      Optional<ProcessSettings> told,
      Relay here,
      Environment environment,
      Path staging) {
    return switch (options.relay()) {
      case RelayMode.None _, RelayMode.Local _ -> new LocalRelay(here);
      case RelayMode.Wake mode -> new LocalRelay(here, mode, shared(told), environment, staging);
    };
  }

  private static ProcessSettings shared(Optional<ProcessSettings> told) {
    return told.orElseThrow(
        () -> new IllegalArgumentException("processes need stores that they share"));
  }

  /**
   * Where the functions run. Administration stays here in any case: what it takes, the operator's
   * token, is in no function's environment.
   */
  private FunctionHost functions(
      LocalOptions options,
      FunctionHost inProcess,
      Optional<ProcessSettings> told,
      Consumer<String> logReader) {
    if (options.processes().isEmpty()) {
      return inProcess;
    }
    var setup = new FunctionsAsProcesses.Setup(options.processes().get(), shared(told));
    var processes = closing(FunctionsAsProcesses.of(setup, ids, clock, logReader));
    return (destination, target, exchange) ->
        (destination.operation().place().isAdministration() ? inProcess : processes)
            .call(destination, target, exchange);
  }

  /** Makes audit entries of the refusals that functions elsewhere write into their logs. */
  private Consumer<String> refusals(LocalAccess access, Environment environment, Jobs jobs) {
    if (!access.control().auditsRefusals()) {
      return line -> {};
    }
    var job =
        new RecordRefusals(
            new RefusalEntries(environment), clock, work -> jobs.run("record-refusals", work));
    return line -> RefusalLine.read(line).ifPresent(job::run);
  }

  /** The same functions, whose pulls are counted here and stored now and then. */
  private FunctionHost counted(FunctionHost functions, Pulls pulls, Jobs jobs) {
    var job = new CountPulls(pulls, ids);
    jobs.repeatAndEndWith("count-pulls", COUNT_PULLS_EVERY, job::run);
    jobs.repeat("expire-pulls", EXPIRE_EVERY, pulls::expire);
    return new CountedPulls(functions, job, () -> jobs.run("count-pulls", job::run), clock);
  }

  /** The same functions, called as often as is allowed. */
  private FunctionHost limited(
      LocalOptions options, FunctionHost functions, LocalAccess access, OperatorToken operator) {
    var perMinute = options.requestsPerMinute();
    return perMinute.isPresent()
        ? new LimitedFunctions(
            functions, RateLimits.of(perMinute.getAsInt(), clock), access.gate(), operator)
        : functions;
  }

  /** Tells whoever can read the folder how this registry is administered while it runs. */
  private void openDoor(
      DataFolder folder, LocalOptions options, int doorPort, OperatorToken operator) {
    boolean onLoopback = options.tls().isPresent() || options.address().isAnyLocalAddress();
    var here = onLoopback ? InetAddress.getLoopbackAddress() : options.address();
    new DoorFile(
            HttpURI.build().scheme("http").host(here.getHostAddress()).port(doorPort).toURI(),
            operator.secret())
        .write(folder);
    open.push(() -> DoorFile.remove(folder));
  }

  /** Whether this start has made the first administrator. */
  public boolean hasAddedAdministrator() {
    return administratorAdded;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Lets requests in flight end, and then lets go of port and folder. */
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
