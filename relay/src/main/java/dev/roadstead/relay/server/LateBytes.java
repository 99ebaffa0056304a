package dev.roadstead.relay.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * What a client still sends when its answer is already given. It is read and dropped, within
 * limits, before the connection is closed: closing at once would reset it, and a client that sends
 * everything before it reads would never see the answer.
 */
public final class LateBytes {
  /** How much is dropped. */
  public static final long MAX_BYTES = 64L * 1024 * 1024;

  /** How long it is waited for. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(2);

  private static final int BUFFER_BYTES = 16 * 1024;

  private LateBytes() {}

  /** Drops what comes on a connection whose bytes nobody else reads any more. */
  static void drop(EndPoint client) {
    var deadline = Deadline.after(TIME_LIMIT);
    var buffer = BufferUtil.allocate(BUFFER_BYTES);
    try {
      for (long dropped = 0; dropped < MAX_BYTES; ) {
        int count = fill(client, buffer);
        if (count < 0 || (count == 0 && !awaitMore(client, deadline))) {
          return;
        }
        dropped += count;
      }
    } catch (IOException brokenOff) {
      // Nobody is left to wait for.
    }
  }

  private static int fill(EndPoint client, ByteBuffer buffer) throws IOException {
    BufferUtil.clear(buffer);
    return client.fill(buffer);
  }

  private static boolean awaitMore(EndPoint client, Deadline deadline) {
    var arrival = new Semaphore(0);
    client.fillInterested(
        Callback.from(InvocationType.NON_BLOCKING, arrival::release, failure -> arrival.release()));
    try {
      return arrival.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
