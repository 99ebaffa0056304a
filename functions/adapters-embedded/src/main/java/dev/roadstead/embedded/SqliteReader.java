package dev.roadstead.embedded;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reading statements of one connection; for one thread at a time. */
final class SqliteReader implements AutoCloseable {
  /** A page ends once its items have this many bytes, as on DynamoDB. */
  private static final int MAX_PAGE_BYTES = 1024 * 1024;

  /** From the prefix or the last key on, whichever comes later. */
  static final String QUERY =
      "SELECT sk, v FROM kv WHERE pk = ?1 AND sk >= max(?2, ?3) AND sk <> ?3 ORDER BY sk LIMIT ?4";

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement find;
  private final PreparedStatement query;
  private final PreparedStatement due;
  private final PreparedStatement scan;

  SqliteReader(Connection connection) throws SQLException {
    this.connection = connection;
    begin = connection.prepareStatement("BEGIN");
    commit = connection.prepareStatement("COMMIT");
    find = connection.prepareStatement("SELECT v FROM kv WHERE pk = ? AND sk = ?");
    query = connection.prepareStatement(QUERY);
    due =
        connection.prepareStatement(
            "SELECT pk, sk FROM due WHERE queue = ? AND at <= ? ORDER BY at, pk, sk LIMIT ?");
    scan =
        connection.prepareStatement(
            "SELECT pk, sk, v FROM kv WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?");
  }

  Optional<Item> find(Key key) throws SQLException {
    find.setString(1, key.partition());
    find.setString(2, key.sort());
    try (var row = find.executeQuery()) {
      return row.next() ? Optional.of(ItemCodec.decode(key, row.getBytes(1))) : Optional.empty();
    }
  }

  Page query(Query asked) throws SQLException {
    query.setString(1, asked.partition());
    query.setString(2, asked.prefix());
    query.setString(3, asked.after().orElse(""));
    query.setInt(4, asked.limit() + 1);
    var items = new ArrayList<Item>();
    int bytes = 0;
    try (var rows = query.executeQuery()) {
      while (rows.next()) {
        var sort = rows.getString(1);
        if (!sort.startsWith(asked.prefix())) {
          break;
        }
        if (items.size() == asked.limit() || bytes >= MAX_PAGE_BYTES) {
          return new Page(items, Optional.of(items.getLast().key().sort()));
        }
        var encoded = rows.getBytes(2);
        items.add(ItemCodec.decode(new Key(asked.partition(), sort), encoded));
        bytes += encoded.length;
      }
    }
    return new Page(items, Optional.empty());
  }

  /** All items as one read transaction sees them. */
  List<Optional<Item>> snapshot(List<Key> keys) throws SQLException {
    begin.execute();
    try {
      var items = new ArrayList<Optional<Item>>();
      for (var key : keys) {
        items.add(find(key));
      }
      return items;
    } finally {
      commit.execute();
    }
  }

  List<Key> due(String queue, long beforeSeconds, int limit) throws SQLException {
    due.setString(1, queue);
    due.setLong(2, beforeSeconds);
    due.setInt(3, limit);
    var keys = new ArrayList<Key>();
    try (var rows = due.executeQuery()) {
      while (rows.next()) {
        keys.add(new Key(rows.getString(1), rows.getString(2)));
      }
    }
    return keys;
  }

  Scan.Items scan(Optional<Key> after, int limit) throws SQLException {
    scan.setString(1, after.map(Key::partition).orElse(""));
    scan.setString(2, after.map(Key::sort).orElse(""));
    scan.setInt(3, limit + 1);
    var items = new ArrayList<Item>();
    int bytes = 0;
    try (var rows = scan.executeQuery()) {
      while (rows.next()) {
        if (items.size() == limit || bytes >= MAX_PAGE_BYTES) {
          return new Scan.Items(items, Optional.of(items.getLast().key()));
        }
        var encoded = rows.getBytes(3);
        items.add(ItemCodec.decode(new Key(rows.getString(1), rows.getString(2)), encoded));
        bytes += encoded.length;
      }
    }
    return new Scan.Items(items, Optional.empty());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
