package dev.roadstead.lambda;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.hash.ResumableHash;
import dev.roadstead.registry.Environment;
import dev.roadstead.route.Job;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Key;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.function.Consumer;
import org.crac.Context;
import org.crac.Resource;

/**
 * What a function does before Lambda takes its snapshot, so that no request pays for it: it answers
 * a request of its own kind, all the way into the stores and back, and changes nothing there. The
 * snapshot holds no open connection and no credential, and every copy of it begins with its own
 * randomness. Clocks need no care: none is kept, each is asked when it is needed.
 */
final class Priming implements Resource {
  /** Below this many the JVM has not compiled the hash yet (measured: 20,000 are too few). */
  private static final int HASHED_BLOCKS = 60_000;

  private static final int BLOCK_BYTES = 64;

  /** An item that is never there. */
  private static final Key NOWHERE = new Key("PRIMING", "PRIMING");

  private final Task task;
  private final Runnable walk;
  private final Environment environment;
  private final SnapshotRandom random;
  private final Consumer<Runnable> leavingNoConnection;

  /**
   * Primes a function.
   *
   * @param walk takes a request through the function that it refuses after it has looked for
   *     something
   * @param leavingNoConnection does some work, and closes every connection that it has opened
   */
  Priming(
      Task task,
      Runnable walk,
      Environment environment,
      SnapshotRandom random,
      Consumer<Runnable> leavingNoConnection) {
    this.task = task;
    this.walk = walk;
    this.environment = environment;
    this.random = random;
    this.leavingNoConnection = leavingNoConnection;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    leavingNoConnection.accept(this::prime);
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    random.renew();
  }

  private void prime() {
    walk.run();
    if (task != Operation.PING) { // which needs no store
      read();
    }
    if (writes()) {
      write();
    }
    if (task instanceof Operation operation && operation.body() == Operation.Body.BLOB) {
      hash();
    }
  }

  private boolean writes() {
    return switch (task) {
      case Operation operation ->
          !operation.methods().contains(Method.GET) && !operation.methods().contains(Method.HEAD);
      case Job job -> job != Job.UPDATE_EDGE; // which only reads this table
    };
  }

  private void read() {
    var _ = environment.metadata().get(NOWHERE, Consistency.STRONG);
  }

  /** A transaction that is sent and refused: the item that it would delete is not there. */
  private void write() {
    var impossible = new Write.Delete(NOWHERE, Condition.exists());
    var _ = environment.metadata().transact(Transaction.of(impossible));
  }

  private static void hash() {
    var hash = ResumableHash.start(HashAlgorithm.SHA256);
    var block = new byte[BLOCK_BYTES];
    for (int i = 0; i < HASHED_BLOCKS; i++) {
      hash.update(block, 0, block.length);
    }
  }
}
