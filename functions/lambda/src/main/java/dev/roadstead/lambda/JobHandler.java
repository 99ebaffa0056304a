package dev.roadstead.lambda;

import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.CountPulls;
import dev.roadstead.endpoints.jobs.LogBatch;
import dev.roadstead.endpoints.jobs.RecordRefusals;
import dev.roadstead.endpoints.jobs.RunCollector;
import dev.roadstead.endpoints.jobs.SetAdministrator;
import dev.roadstead.endpoints.jobs.UpdateEdge;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.route.Job;
import dev.roadstead.secret.KeyExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One job from event to end. It throws for an event that is none of a job, and when a store cannot
 * answer; who sent the event sends it again then, or the next one comes in time.
 */
final class JobHandler implements Function<InputStream, byte[]> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] DONE = "{}".getBytes(StandardCharsets.US_ASCII);

  private final UnaryOperator<byte[]> work;

  private JobHandler(UnaryOperator<byte[]> work) {
    this.work = work;
  }

  private static JobHandler of(Consumer<byte[]> work) {
    return new JobHandler(
        event -> {
          work.accept(event);
          return DONE.clone();
        });
  }

  /**
   * The handler of a job's events; those of a schedule say nothing.
   *
   * @param random where keys and passwords come from
   */
  static JobHandler of(Job job, Environment environment, Cloud cloud, RandomGenerator random) {
    var passwords = new Passwords(random);
    var accounts = new Accounts(environment, passwords, random);
    return switch (job) {
      case BLOB_CREATED -> {
        var blobCreated = new BlobCreated(new Claims(environment));
        yield of(event -> cloud.arrivals(event).forEach(blobCreated::run));
      }
      case COUNT_PULLS -> {
        var countPulls = new CountPulls(new Pulls(environment), environment.ids());
        yield of(event -> countPulls.run(LogBatch.read(event)));
      }
      case RECORD_REFUSALS -> {
        var recordRefusals =
            new RecordRefusals(new RefusalEntries(environment), environment.clock(), Runnable::run);
        yield of(event -> recordRefusals.run(LogBatch.read(event)));
      }
      case RUN_COLLECTOR -> {
        var runCollector = new RunCollector(new Collector(environment));
        yield of(schedule -> runCollector.run());
      }
      case UPDATE_EDGE -> {
        var exchange = new KeyExchange(cloud.secrets(), random, environment.clock());
        var updateEdge = new UpdateEdge(exchange, cloud.edge(), accounts);
        yield of(event -> update(event, updateEdge));
      }
      case SET_ADMINISTRATOR -> {
        var setAdministrator = new SetAdministrator(accounts, passwords);
        yield new JobHandler(call -> shown(setAdministrator.run()));
      }
    };
  }

  /** A deployment wants to hear of it; a schedule, and a change of grants, do not. */
  private static void update(byte[] event, UpdateEdge updateEdge) {
    Deployment.read(event)
        .ifPresentOrElse(deployment -> deployment.run(updateEdge::run), updateEdge::run);
  }

  private static byte[] shown(String password) {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("administrator", SetAdministrator.NAME.text());
          json.writeStringProperty("password", password);
        });
  }

  @Override
  public byte[] apply(InputStream event) {
    try (event) {
      var json = event.readAllBytes();
      refuseRequests(json);
      return work.apply(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event is in memory", impossible);
    }
  }

  /**
   * The decision about a job: it asks for nobody's right and acts for the installation, so it is
   * never begun by a request, not even when somebody gives its function an address by mistake.
   * Function URLs, API gateways and load balancers all say {@code requestContext}.
   */
  private static void refuseRequests(byte[] event) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an event is a JSON object");
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        if (name.equals("requestContext")) {
          throw new IllegalArgumentException("a job is begun by no request");
        }
        parser.nextToken();
        parser.skipChildren();
      }
    }
  }
}
