package dev.roadstead.embedded;

import dev.roadstead.store.Changes;
import dev.roadstead.store.Conditions;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Outcome.Refusal;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/** Carries out transactions on the one connection that writes; for one thread. */
final class SqliteWriter implements AutoCloseable {
  private final Connection connection;
  private final SqliteReader reader;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;
  private final PreparedStatement put;
  private final PreparedStatement delete;
  private final PreparedStatement enqueue;
  private final PreparedStatement dequeue;

  /** An item's place in the index of candidates. */
  private record Place(String queue, long atSeconds) {
    static Optional<Place> of(Optional<Item> item) {
      return item.filter(i -> i.textIfAny(Hint.QUEUE).isPresent())
          .filter(i -> i.numberIfAny(Hint.AT).isPresent())
          .map(i -> new Place(i.text(Hint.QUEUE), i.number(Hint.AT)));
    }
  }

  SqliteWriter(Connection connection) throws SQLException {
    this.connection = connection;
    reader = new SqliteReader(connection);
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    rollback = connection.prepareStatement("ROLLBACK");
    put = connection.prepareStatement("INSERT OR REPLACE INTO kv(pk, sk, v) VALUES(?, ?, ?)");
    delete = connection.prepareStatement("DELETE FROM kv WHERE pk = ? AND sk = ?");
    enqueue = connection.prepareStatement("INSERT INTO due(queue, at, pk, sk) VALUES(?, ?, ?, ?)");
    dequeue =
        connection.prepareStatement(
            "DELETE FROM due WHERE queue = ? AND at = ? AND pk = ? AND sk = ?");
  }

  /**
   * Makes the writes, to be committed by {@link #commit()}, or refuses them and makes none. After
   * an exception the caller rolls back.
   *
   * @return when done, with the item as the last write left it
   */
  Outcome apply(Transaction transaction) throws SQLException {
    var writes = transaction.writes();
    var before = new ArrayList<Optional<Item>>();
    var refusals = new ArrayList<Refusal>();
    for (var write : writes) {
      var current = reader.find(write.key());
      before.add(current);
      if (!Conditions.hold(write.condition(), current)) {
        refusals.add(new Refusal(write.key(), current));
      }
    }
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    Optional<Item> after = Optional.empty();
    for (int i = 0; i < writes.size(); i++) {
      after = effect(writes.get(i), before.get(i));
      store(writes.get(i).key(), before.get(i), after);
    }
    return new Outcome.Done(after);
  }

  private static Optional<Item> effect(Write write, Optional<Item> before) {
    return switch (write) {
      case Write.Put put -> Optional.of(put.item());
      case Write.Update update -> before.map(item -> Changes.apply(update, item));
      case Write.Delete delete -> Optional.empty();
      case Write.Check check -> before;
    };
  }

  private void store(Key key, Optional<Item> before, Optional<Item> after) throws SQLException {
    if (after.equals(before)) {
      return;
    }
    if (after.isPresent()) {
      put.setBytes(3, ItemCodec.encode(after.get()));
      execute(put, key, 1);
    } else {
      execute(delete, key, 1);
    }
    var oldPlace = Place.of(before);
    var newPlace = Place.of(after);
    if (!newPlace.equals(oldPlace)) {
      if (oldPlace.isPresent()) {
        execute(dequeue, oldPlace.get(), key);
      }
      if (newPlace.isPresent()) {
        execute(enqueue, newPlace.get(), key);
      }
    }
  }

  private static void execute(PreparedStatement statement, Place place, Key key)
      throws SQLException {
    statement.setString(1, place.queue());
    statement.setLong(2, place.atSeconds());
    execute(statement, key, 3);
  }

  private static void execute(PreparedStatement statement, Key key, int keyIndex)
      throws SQLException {
    statement.setString(keyIndex, key.partition());
    statement.setString(keyIndex + 1, key.sort());
    statement.executeUpdate();
  }

  /** Begins what ends with a commit or a rollback. */
  void begin() throws SQLException {
    begin.execute();
  }

  /** Returns when everything applied survives power loss. */
  void commit() throws SQLException {
    commit.execute();
  }

  /** Undoes what was applied since the last commit. */
  void rollback() throws SQLException {
    rollback.execute();
  }

  /** Moves the write-ahead log into the file and lets go of it. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
