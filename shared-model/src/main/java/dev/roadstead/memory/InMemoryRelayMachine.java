package dev.roadstead.memory;

import dev.roadstead.store.RelayMachine;
import dev.roadstead.store.StoreException;
import java.util.Optional;

/**
 * A machine that does what it is told at once, and boots and stops when a test says so. For any
 * number of threads.
 */
public final class InMemoryRelayMachine implements RelayMachine {
  private Start next = new Start.Starting();
  private Optional<String> refusal = Optional.empty();
  private int starts;

  @Override
  public synchronized Start start() {
    refusal.ifPresent(
        why -> {
          throw new StoreException(why);
        });
    if (next instanceof Start.Starting) {
      starts++;
      next = new Start.Running();
      return new Start.Starting();
    }
    return next;
  }

  /** From now on it is on its way to sleep. */
  public synchronized void stopping() {
    next = new Start.Stopping();
  }

  /** From now on it sleeps. */
  public synchronized void asleep() {
    next = new Start.Starting();
  }

  /** From now on it cannot be started, for this reason; or can again. */
  public synchronized void refuses(Optional<String> reason) {
    refusal = reason;
  }

  /** How often it was woken. */
  public synchronized int starts() {
    return starts;
  }
}
