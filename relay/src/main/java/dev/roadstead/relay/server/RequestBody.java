package dev.roadstead.relay.server;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * The body of one request, read by the virtual thread that serves it; while it waits for the
 * client, no other thread does. A body that breaks off is refused, never ended early: {@code -1}
 * means that the whole of it was read.
 */
public final class RequestBody implements ReadableByteChannel {
  private final Request request;
  private final Semaphore arrival = new Semaphore(0);
  private Content.Chunk chunk = Content.Chunk.EMPTY;
  private boolean demanded;
  private boolean broken;
  private boolean open = true;

  /** The body of this request; nothing of it is read yet. */
  public RequestBody(Request request) {
    this.request = request;
    // A call may think for longer than a client may be silent.
    request.addIdleTimeoutListener(silence -> false);
  }

  /**
   * Fills the buffer as far as bytes have arrived, and waits for the first one.
   *
   * @throws RegistryException when the client stopped sending, or broke off
   */
  @Override
  public int read(ByteBuffer target) {
    return read(target, Deadline.none());
  }

  /** The same, with {@code REQUEST_TIMEOUT} when the time is up. */
  public int read(ByteBuffer target, Deadline deadline) {
    if (!advance(deadline)) {
      throw ErrorCode.REQUEST_TIMEOUT.raise();
    }
    if (!chunk.hasRemaining()) {
      return -1;
    }
    int before = target.position();
    do {
      copy(chunk.getByteBuffer(), target);
    } while (target.hasRemaining() && advance(Deadline.now()) && chunk.hasRemaining());
    return target.position() - before;
  }

  private static void copy(ByteBuffer source, ByteBuffer target) {
    int count = Math.min(source.remaining(), target.remaining());
    target.put(target.position(), source, source.position(), count);
    target.position(target.position() + count);
    source.position(source.position() + count);
  }

  /** Whether all of it was read; does not wait. */
  public boolean atEnd() {
    try {
      return !broken && advance(Deadline.now()) && !chunk.hasRemaining();
    } catch (RegistryException brokenOff) {
      return false;
    }
  }

  /**
   * Reads on and drops what it reads, so that a client which sends before it reads sees the answer
   * that was given early.
   */
  public void drain(long limitBytes, Duration limit) {
    var deadline = Deadline.after(limit);
    long dropped = 0;
    try {
      while (dropped < limitBytes && advance(deadline) && chunk.hasRemaining()) {
        dropped += chunk.remaining();
        chunk.skip(chunk.remaining());
      }
    } catch (RegistryException brokenOff) {
      // Nobody is left to drain for.
    }
  }

  /** Makes the next bytes, or the end, the current chunk; false when the time is up before. */
  private boolean advance(Deadline deadline) {
    while (!chunk.hasRemaining() && !chunk.isLast()) {
      chunk.release();
      chunk = Content.Chunk.EMPTY;
      var next = request.read();
      if (next == null) {
        if (!await(deadline)) {
          return false;
        }
      } else if (Content.Chunk.isFailure(next)) {
        broken = true;
        throw refusal(next.getFailure());
      } else {
        chunk = next;
      }
    }
    return true;
  }

  private boolean await(Deadline deadline) {
    if (deadline.isNow()) {
      return false;
    }
    if (!demanded) {
      demanded = true;
      request.demand(Invocable.from(InvocationType.NON_BLOCKING, arrival::release));
    }
    try {
      demanded = !arrival.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
      return !demanded;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.about("the registry is shutting down; try again");
    }
  }

  private static RegistryException refusal(Throwable failure) {
    return failure instanceof TimeoutException
        ? ErrorCode.REQUEST_TIMEOUT.raise()
        : ErrorCode.REQUEST_INVALID.about(
            "the body broke off or is malformed; send the request again");
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    chunk.release();
    chunk = Content.Chunk.EMPTY;
  }
}
