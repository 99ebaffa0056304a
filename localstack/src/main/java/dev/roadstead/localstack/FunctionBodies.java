package dev.roadstead.localstack;

import dev.roadstead.error.RegistryException;
import dev.roadstead.relay.server.Deadline;
import dev.roadstead.relay.server.RequestBody;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Collects the bodies that functions get: whole, at most {@link Limits#FUNCTION_BODY_BYTES} long,
 * and within a limited part of the memory for all of them. Small bodies, as manifests are, never
 * wait for large ones.
 */
final class FunctionBodies {
  /** How long a body may take to arrive. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  /** What all large bodies together may take of the memory; further ones wait. */
  private static final int ALL_LARGE_BYTES = 64 * 1024 * 1024;

  private static final int SMALL_BYTES = 64 * 1024;

  /** What a body takes before any of it has arrived. */
  private static final int FIRST_BYTES = 4 * 1024;

  private final Semaphore memoryBytes = new Semaphore(ALL_LARGE_BYTES, true);

  /** A body in memory, until it is closed. */
  final class Body implements AutoCloseable {
    private final int maxBytes;
    private ByteBuffer buffer;
    private int reservedBytes;

    private Body(OptionalLong announced) {
      // One more than the limit, to see that a body of unknown length is too long.
      maxBytes = (int) announced.orElse(Limits.FUNCTION_BODY_BYTES + 1);
      buffer = ByteBuffer.allocate(Math.min(maxBytes, FIRST_BYTES));
    }

    private void grow() {
      if (reservedBytes == 0 && buffer.capacity() >= SMALL_BYTES) {
        memoryBytes.acquireUninterruptibly(maxBytes);
        reservedBytes = maxBytes;
      }
      buffer = ByteBuffer.allocate(Math.min(4 * buffer.capacity(), maxBytes)).put(buffer.flip());
    }

    byte[] bytes() {
      return buffer.hasRemaining()
          ? Arrays.copyOf(buffer.array(), buffer.position())
          : buffer.array();
    }

    @Override
    public void close() {
      memoryBytes.release(reservedBytes);
      reservedBytes = 0;
    }
  }

  /**
   * Reads a body to its end.
   *
   * @param announced its length, which is not above the limit; empty when it is not known
   * @throws RegistryException when it is too long, too slow, or breaks off
   */
  Body read(RequestBody source, OptionalLong announced, Operation operation) {
    var deadline = Deadline.after(TIME_LIMIT);
    var body = new Body(announced);
    try {
      while (source.read(body.buffer, deadline) >= 0) {
        if (body.buffer.position() > Limits.FUNCTION_BODY_BYTES) {
          throw EdgeRouter.tooLong(operation);
        }
        if (!body.buffer.hasRemaining() && body.buffer.capacity() < body.maxBytes) {
          body.grow();
        }
      }
      return body;
    } catch (RegistryException refused) {
      body.close();
      throw refused;
    }
  }
}
