package dev.roadstead.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts the calls to both stores and lets something happen at one of them: the process dies, and
 * after that every call dies too, as in a process that is gone, until {@link #restart()}; or
 * something happens just before the call, or before every call of its name: another process acts,
 * or the store does not answer.
 */
public final class FaultPlan {
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Runnable> always = new HashMap<>();
  private Optional<Event> event = Optional.empty();
  private boolean dead;

  /** On which side of the store's work the process dies. */
  public enum When {
    /** The call never reached the store. */
    BEFORE,
    /** The store did its work, and nobody heard the answer. */
    AFTER
  }

  private record Event(int call, When when, Runnable happens) {}

  /** The process died here; nothing but a test's harness catches this. */
  public static final class Crashed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Crashed(String call) {
      super(call, null, false, false);
    }
  }

  /** Dies at the call of this number, counted from 0 and from now on. */
  public void crashAt(int call, When when) {
    plan(new Event(call, when, this::die));
  }

  /**
   * Lets another process act just before the call of this number, counted likewise. What it does
   * must not go through stores with this plan.
   */
  public void actBefore(int call, Runnable step) {
    plan(new Event(call, When.BEFORE, step));
  }

  /**
   * Lets the same happen just before every call of this name, until {@link #restart()}; what it
   * throws is what the call throws.
   */
  public synchronized void actBeforeEvery(String call, Runnable step) {
    always.put(call, step);
  }

  private synchronized void plan(Event planned) {
    calls.clear();
    event = Optional.of(planned);
  }

  /** A new process begins: nothing fails any more, and counting starts again. */
  public synchronized void restart() {
    calls.clear();
    event = Optional.empty();
    always.clear();
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
    before(call).run();
    happen(planned, When.BEFORE, call);
    var result = work.get();
    happen(planned, When.AFTER, call);
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

  private synchronized Optional<Event> arrive(String call) {
    if (dead) {
      throw new Crashed(call);
    }
    int number = calls.size();
    calls.add(call);
    return event.filter(e -> e.call() == number);
  }

  private synchronized Runnable before(String call) {
    return always.getOrDefault(call, () -> {});
  }

  private void happen(Optional<Event> planned, When now, String call) {
    planned.filter(e -> e.when() == now).ifPresent(e -> e.happens().run());
    if (crashed()) {
      throw new Crashed(call);
    }
  }

  private synchronized void die() {
    dead = true;
  }
}
