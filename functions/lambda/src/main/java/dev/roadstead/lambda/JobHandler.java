package dev.roadstead.lambda;

import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.RunCollector;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.route.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One job from event to end. It throws when a store cannot answer; who sent the event sends it
 * again then, or the next one comes in time.
 */
final class JobHandler implements Function<InputStream, byte[]> {
  private static final byte[] DONE = "{}".getBytes(StandardCharsets.US_ASCII);

  private final Consumer<byte[]> work;

  private JobHandler(Consumer<byte[]> work) {
    this.work = work;
  }

  /** The handler of a job's events; those of a schedule say nothing. */
  static JobHandler of(Job job, Environment environment, Cloud cloud) {
    return switch (job) {
      case BLOB_CREATED -> {
        var blobCreated = new BlobCreated(new Claims(environment));
        yield new JobHandler(event -> cloud.arrivals(event).forEach(blobCreated::run));
      }
      case RUN_COLLECTOR -> {
        var runCollector = new RunCollector(new Collector(environment));
        yield new JobHandler(schedule -> runCollector.run());
      }
    };
  }

  @Override
  public byte[] apply(InputStream event) {
    try (event) {
      work.accept(event.readAllBytes());
      return DONE.clone();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event is in memory", impossible);
    }
  }
}
