package dev.roadstead.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts the calls to both stores and lets the process die at one of them. After that every call
 * dies too, as in a process that is gone, until {@link #restart()}.
 */
public final class FaultPlan {
  private final List<String> calls = new ArrayList<>();
  private Optional<Crash> crash = Optional.empty();
  private boolean dead;

  /** On which side of the store's work the process dies. */
  public enum When {
    /** The call never reached the store. */
    BEFORE,
    /** The store did its work, and nobody heard the answer. */
    AFTER
  }

  private record Crash(int call, When when) {}

  /** The process died here; nothing but a test's harness catches this. */
  public static final class Crashed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Crashed(String call) {
      super(call, null, false, false);
    }
  }

  /** Dies at the call of this number, counted from 0 and from now on. */
  public synchronized void crashAt(int call, When when) {
    calls.clear();
    crash = Optional.of(new Crash(call, when));
  }

  /** A new process begins: nothing fails any more, and counting starts again. */
  public synchronized void restart() {
    calls.clear();
    crash = Optional.empty();
    dead = false;
  }

  /** The names of the calls made since the last restart or plan, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Whether the planned crash has happened. */
  public synchronized boolean crashed() {
    return dead;
  }

  <T> T run(String call, Supplier<T> work) {
    var planned = arrive(call);
    if (planned.filter(c -> c.when() == When.BEFORE).isPresent()) {
      throw die(call);
    }
    var result = work.get();
    if (planned.isPresent()) {
      throw die(call);
    }
    return result;
  }

  void run(String call, Runnable work) {
    run(
        call,
        () -> {
          work.run();
          return true;
        });
  }

  private synchronized Optional<Crash> arrive(String call) {
    if (dead) {
      throw new Crashed(call);
    }
    int number = calls.size();
    calls.add(call);
    return crash.filter(c -> c.call() == number);
  }

  private synchronized Crashed die(String call) {
    dead = true;
    return new Crashed(call);
  }
}
