package dev.roadstead.localstack.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one function: as many as there is work for, within a limit, and one invocation
 * at a time in each. What is more waits its turn. A process that has had nothing to do for a while
 * is ended.
 */
final class FunctionPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionPool.class);

  private final String name;
  private final int maxProcesses;
  private final Duration idleLimit;
  private final Starter starter;

  private final Deque<Invocation> waiting = new ArrayDeque<>();
  private final Set<FunctionProcess> processes = new HashSet<>();

  /** Killed, and perhaps not gone yet. */
  private final Set<FunctionProcess> ending = new HashSet<>();

  private boolean closed;

  /** Starts a process that takes its work from this pool. */
  @FunctionalInterface
  interface Starter {
    FunctionProcess start(FunctionPool pool) throws IOException;
  }

  /**
   * A pool without processes.
   *
   * @param name of the function, for the log
   * @param idleLimit how long a process may have nothing to do
   */
  FunctionPool(String name, int maxProcesses, Duration idleLimit, Starter starter) {
    this.name = name;
    this.maxProcesses = maxProcesses;
    this.idleLimit = idleLimit;
    this.starter = starter;
  }

  /** Gives the function work; starts a process for it when none is free. */
  synchronized void add(Invocation invocation) {
    if (closed) {
      invocation.fail("the functions are being stopped");
      return;
    }
    waiting.add(invocation);
    grow();
    notifyAll();
  }

  /** A process that starts, or has answered and not asked yet, is soon free: it counts as such. */
  private void grow() {
    while (waiting.size() > processes.size() - working() && processes.size() < maxProcesses) {
      try {
        var process = starter.start(this);
        processes.add(process);
        var _ = process.onExit().thenRun(() -> ended(process));
      } catch (IOException failed) {
        waiting.remove().fail("its process cannot be started: " + failed.getMessage());
        return;
      }
    }
  }

  /**
   * The next work of a process that has none; waits for it.
   *
   * @return empty when there is none for so long that the process was ended
   */
  synchronized Optional<Invocation> next(FunctionProcess process) throws InterruptedException {
    process.started = true;
    process.current = Optional.empty();
    long end = System.nanoTime() + idleLimit.toNanos();
    while (processes.contains(process) && process.isAlive()) {
      var invocation = waiting.poll();
      if (invocation != null) {
        process.current = Optional.of(invocation);
        process.idle = false;
        return process.current;
      }
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      process.idle = true;
      if (millis <= 0) {
        LOG.debug("idle process ended: function={} pid={}", name, process.pid());
        remove(process);
        return Optional.empty();
      }
      wait(millis);
    }
    return Optional.empty();
  }

  /** What a process has worked on, when it is this; it is done with it. */
  synchronized Optional<Invocation> done(FunctionProcess process, String id) {
    var invocation = process.current.filter(current -> current.id().equals(id));
    invocation.ifPresent(answered -> process.current = Optional.empty());
    return invocation;
  }

  /** Nobody waits for this invocation any more: its process, if it has one, is of no use. */
  synchronized void abandon(Invocation invocation) {
    waiting.remove(invocation);
    for (var process : List.copyOf(processes)) {
      if (process.current.filter(invocation::equals).isPresent()) {
        remove(process);
      }
    }
  }

  /**
   * A process could not begin. Whoever waits longest is told, as on Lambda; with nobody told, a
   * function that never starts would be started for ever.
   */
  synchronized void failedToStart(FunctionProcess process, String why) {
    LOG.error("function does not start: function={} pid={} {}", name, process.pid(), why);
    remove(process);
    Optional.ofNullable(waiting.poll()).ifPresent(first -> first.fail("it does not start"));
  }

  private synchronized void ended(FunctionProcess process) {
    ending.remove(process);
    if (processes.contains(process)) {
      LOG.warn("function ended by itself: function={} pid={}", name, process.pid());
      if (process.started || process.wasKilled()) {
        remove(process); // whatever waits for it was given to nobody, and goes to the next one
      } else {
        failedToStart(process, "its process ended");
      }
    }
    grow();
    notifyAll();
  }

  private void remove(FunctionProcess process) {
    processes.remove(process);
    ending.add(process);
    process.kill();
    process.current.ifPresent(lost -> lost.fail("its process ended before it answered"));
    process.current = Optional.empty();
    notifyAll();
  }

  /** How many processes there are. */
  synchronized int size() {
    return processes.size();
  }

  /** How many of them work. */
  synchronized int working() {
    return (int) processes.stream().filter(process -> process.current.isPresent()).count();
  }

  /** How many of them wait for work. */
  synchronized int idle() {
    return (int) processes.stream().filter(process -> process.idle).count();
  }

  /** Ends every process; whoever waits for an answer is told. */
  @Override
  public void close() {
    List<FunctionProcess> last;
    synchronized (this) {
      closed = true;
      List.copyOf(processes).forEach(this::remove);
      last = List.copyOf(ending);
      waiting.forEach(invocation -> invocation.fail("the functions are being stopped"));
      waiting.clear();
    }
    try {
      for (var process : last) {
        process.awaitEnd();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
