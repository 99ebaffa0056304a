package dev.roadstead.relay.server;

import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.OpenRegistry;
import dev.roadstead.access.OperatorToken;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.endpoints.FunctionKeys;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.model.TimeSpan;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RelayPresence;
import dev.roadstead.registry.Uploads;
import dev.roadstead.relay.Relay;
import dev.roadstead.rule.Authenticator;
import dev.roadstead.store.Ids;
import dev.roadstead.wire.UploadExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The relay as a program, on DynamoDB and S3. Its environment tells it what the function {@code
 * append-chunk} is told, whose longer bodies it takes; whoever starts it reads from standard output
 * when it is ready. It ends by itself when nobody has needed it for a while, and its machine with
 * it.
 */
@Command(
    name = "relay",
    sortOptions = false,
    description = "Takes uploads that are too long for a function, until nobody needs it.")
public final class RelayServer implements Callable<Integer> {
  /** How long nobody has to need it before it ends. */
  public static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

  private final Map<String, String> variables;
  private final InstantSource clock = InstantSource.system();
  private final Ids ids = UUID::randomUUID;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--address", defaultValue = "127.0.0.1", description = "where to listen")
  private String address = "";

  @Option(names = "--port", defaultValue = "0", description = "which port; 0 takes any")
  private int port;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "how long nobody has to need it before it ends; 10m when nobody says")
  private Optional<String> idle = Optional.empty();

  @Option(names = "--always-on", description = "never ends by itself")
  private boolean alwaysOn;

  private RelayServer(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Runs the relay, and ends the process with it. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new RelayServer(System.getenv())).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    var random = new SecureRandom();
    var staging = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    var settings = FunctionSettings.of(variables);
    try (var stores =
            new AwsStores(
                AwsSettings.of(variables),
                new AwsStores.Surroundings(clock, ids, random, staging));
        var server = StreamServer.bind(address, port)) {
      var environment =
          new Environment(stores.metadata(), stores.blobs(), clock, ids, settings.registry());
      var idleness = new Idleness(clock);
      var keys = FunctionKeys.of(settings, stores::table, clock);
      var relay = new Relay(uploads(environment, keys), callers(environment, keys, random));
      server.serve(new StreamHandler(relay, new Failures(ids), idleness));
      say("ready http://" + address + ":" + server.port());
      if (alwaysOn) {
        untilTold(server);
      } else {
        untilIdle(server, new RelayPresence(stores.metadata(), clock), idleness);
      }
      return 0;
    }
  }

  /** Nobody asks whether it is awake. */
  private static void untilTold(StreamServer server) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "ending"));
    sleep(ChronoUnit.FOREVER.getDuration());
  }

  private void untilIdle(StreamServer server, RelayPresence presence, Idleness idleness) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(presence, server), "ending"));
    var limit = idle.map(TimeSpan::parse).orElse(IDLE_LIMIT);
    new StayAwake(presence, idleness, limit, RelayServer::sleep).untilIdle();
  }

  /** Told to end before it is idle: nobody is to wait for it any more. */
  private static void end(RelayPresence presence, StreamServer server) {
    try {
      presence.withdraw();
    } finally {
      server.close();
    }
  }

  private static UploadExchange uploads(Environment environment, FunctionKeys keys) {
    return new UploadExchange(
        new Uploads(environment), keys.location(), environment.settings(), environment.clock());
  }

  private static Authenticator callers(
      Environment environment, FunctionKeys keys, SecureRandom random) {
    return keys.tokens()
        .<Authenticator>map(tokens -> withAccounts(environment, tokens, random))
        .orElseGet(() -> new OpenRegistry(OperatorToken.make(random)));
  }

  private static Authenticator withAccounts(
      Environment environment, TokenKeys tokens, SecureRandom random) {
    var passwords = new Passwords(random);
    return new AccountAuthenticator(
        environment,
        new Accounts(environment, passwords, random),
        passwords,
        tokens,
        Optional.empty(),
        random);
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException nobodyDoesThis) {
      throw new IllegalStateException("interrupted", nobodyDoesThis);
    }
  }
}
