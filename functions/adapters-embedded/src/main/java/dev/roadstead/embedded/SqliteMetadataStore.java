package dev.roadstead.embedded;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * The algebra on SQLite: one thread writes and commits in groups, a few connections read. Every
 * read sees every write that was answered before it, whatever consistency was asked for.
 */
public final class SqliteMetadataStore implements MetadataStore, AutoCloseable {
  private static final int READERS = 4;

  private final SqliteFile file;
  private final GroupCommit commits;
  private final BlockingDeque<SqliteReader> readers = new LinkedBlockingDeque<>();
  private volatile boolean closed;

  private interface Reading<T> {
    T on(SqliteReader reader) throws SQLException;
  }

  private SqliteMetadataStore(SqliteFile file) throws SQLException {
    this.file = file;
    commits = new GroupCommit(file);
    for (int i = 0; i < READERS; i++) {
      readers.add(new SqliteReader(file.openReader()));
    }
  }

  /**
   * Opens the database of a data folder, or makes it. The first in a process takes about 0.3
   * seconds, because the native library is unpacked and loaded: start it beside other work.
   *
   * @throws DataFolderException when the file is damaged, cannot be written, or was written by a
   *     newer version
   */
  public static SqliteMetadataStore open(DataFolder folder) {
    try {
      var store = new SqliteMetadataStore(new SqliteFile(folder));
      store.commits.start();
      return store;
    } catch (SQLException failed) {
      throw new DataFolderException(
          "cannot open " + folder.database() + ": " + failed.getMessage(), failed);
    }
  }

  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    return read(reader -> reader.find(key));
  }

  @Override
  public Page query(Query query) {
    return read(reader -> reader.query(query));
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    Limits.checkSnapshot(keys);
    return read(reader -> reader.snapshot(keys));
  }

  @Override
  public Outcome write(Write write) {
    if (write instanceof Write.Check) {
      throw new IllegalArgumentException("a check stands only in a transaction");
    }
    return commits.submit(Transaction.of(write));
  }

  @Override
  public Outcome transact(Transaction transaction) {
    return switch (commits.submit(transaction)) {
      case Outcome.Done done -> new Outcome.Done(Optional.empty());
      case Outcome.Refused refused -> refused;
    };
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    Limits.checkListed(limit);
    return read(reader -> reader.due(queue, beforeSeconds, limit));
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    Scan.checkLimit(limit);
    return read(reader -> reader.scan(after, limit));
  }

  private <T> T read(Reading<T> reading) {
    var reader = takeReader();
    try {
      if (closed) {
        throw new StoreException("the metadata store is closed");
      }
      return reading.on(reader);
    } catch (SQLException failed) {
      reader = renewed(reader, failed);
      throw toCaller(failed);
    } finally {
      readers.addFirst(reader);
    }
  }

  /** The driver closes a statement that failed, so that only a new connection works again. */
  private SqliteReader renewed(SqliteReader reader, SQLException failed) {
    try {
      reader.close();
      return new SqliteReader(file.openReader());
    } catch (SQLException alsoFailed) {
      failed.addSuppressed(alsoFailed);
      return reader; // fails at its next use, and is renewed then
    }
  }

  /** The one used last, whose cache is warm. */
  private SqliteReader takeReader() {
    try {
      return readers.takeFirst();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting to read metadata", interrupted);
    }
  }

  /** What a caller of the port may see of a failure. */
  static RuntimeException toCaller(Exception failure) {
    return failure instanceof RuntimeException own
        ? own
        : new StoreException("the metadata store failed: " + failure.getMessage(), failure);
  }

  /**
   * Answers what waits, moves the write-ahead log into the file, and lets go of it. Later calls get
   * a {@link StoreException}.
   */
  @Override
  public void close() {
    closed = true;
    var taken = new ArrayList<SqliteReader>();
    try {
      while (taken.size() < READERS) {
        var reader = takeReader();
        taken.add(reader);
        reader.close();
      }
      commits.close();
    } catch (SQLException failed) {
      throw toCaller(failed);
    } finally {
      readers.addAll(taken); // late callers are told so, and do not wait for ever
    }
  }
}
