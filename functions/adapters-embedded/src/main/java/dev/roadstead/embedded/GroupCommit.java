package dev.roadstead.embedded;

import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One thread that carries out all transactions, in the order they came. What waits in the queue
 * together is committed together, with one sync of the disk, and answered after it: a crash before
 * loses only what nobody was told.
 */
final class GroupCommit implements AutoCloseable {
  /** How many transactions share a commit. */
  private static final int MAX_BATCH = 100;

  /** How many wait before callers are held up in front of the queue. */
  private static final int MAX_WAITING = 1000;

  private final SqliteFile file;
  private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread =
      Thread.ofPlatform().name("metadata-writer").daemon().unstarted(this::run);
  private volatile boolean ended;
  private SqliteWriter writer;

  private sealed interface Job {}

  private record Apply(Transaction transaction, CompletableFuture<Outcome> answer) implements Job {}

  private record Stop() implements Job {}

  GroupCommit(SqliteFile file) throws SQLException {
    this.file = file;
    this.writer = new SqliteWriter(file.openWriter());
  }

  void start() {
    thread.start();
  }

  /** Waits for the transaction's turn and its commit. */
  Outcome submit(Transaction transaction) {
    var job = new Apply(transaction, new CompletableFuture<>());
    enqueue(job);
    try {
      return job.answer().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void enqueue(Job job) {
    try {
      queue.put(job);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting to write metadata", interrupted);
    }
    if (ended) {
      failWaiting(); // this job may have come after the thread's own last look
    }
  }

  private void run() {
    var batch = new ArrayList<Apply>();
    try {
      boolean more = true;
      while (more) {
        more = fill(batch);
        commit(batch);
        batch.clear();
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    } finally { // also after an Error: nobody may wait for ever
      ended = true;
      batch.forEach(job -> fail(job, closed()));
      failWaiting();
    }
  }

  /** Waits for jobs; false when the last one has been taken. */
  private boolean fill(List<Apply> batch) throws InterruptedException {
    var taken = new ArrayList<Job>();
    taken.add(queue.take());
    queue.drainTo(taken, MAX_BATCH - 1);
    boolean more = true;
    for (var job : taken) {
      switch (job) {
        case Apply apply -> batch.add(apply);
        case Stop last -> more = false;
      }
    }
    return more;
  }

  /**
   * Commits all or, when that fails, each alone: one transaction that the database or the item
   * limit rejects must not take its neighbours with it.
   */
  private void commit(List<Apply> batch) {
    if (batch.isEmpty() || !begin(batch)) {
      return;
    }
    try {
      var outcomes = new ArrayList<Outcome>();
      for (var job : batch) {
        outcomes.add(writer.apply(job.transaction()));
      }
      writer.commit();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(outcomes.get(i));
      }
    } catch (SQLException | RuntimeException failed) {
      undo(failed);
      if (batch.size() > 1) {
        batch.forEach(job -> commit(List.of(job)));
      } else {
        fail(batch.getFirst(), SqliteMetadataStore.toCaller(failed));
      }
    }
  }

  /** False, and all told so, when some tool keeps the file locked: to try each would take long. */
  private boolean begin(List<Apply> batch) {
    try {
      writer.begin();
      return true;
    } catch (SQLException failed) {
      undo(failed);
      batch.forEach(job -> fail(job, SqliteMetadataStore.toCaller(failed)));
      return false;
    }
  }

  /**
   * The driver closes a statement that the disk failed, so that after such an error only a new
   * connection works; closing the old one rolls back. When there is none to be had, the next
   * transaction fails at its beginning, and comes here again.
   */
  private void undo(Exception failed) {
    try {
      if (failed instanceof SQLException) {
        writer.close();
        writer = new SqliteWriter(file.openWriter());
      } else {
        writer.rollback();
      }
    } catch (SQLException | DataFolderException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  private void failWaiting() {
    var waiting = new ArrayList<Job>();
    queue.drainTo(waiting);
    for (var job : waiting) {
      if (job instanceof Apply apply) {
        fail(apply, closed());
      }
    }
  }

  private static StoreException closed() {
    return new StoreException("the metadata store is closed");
  }

  private static void fail(Apply job, RuntimeException why) {
    job.answer().completeExceptionally(why);
  }

  /** Carries out what waits, ends the thread, and closes the connection. */
  @Override
  public void close() throws SQLException {
    enqueue(new Stop());
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}
