package dev.roadstead.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The database file: its settings, its tables, and which version of them it holds. Transactions are
 * begun and ended by statements: with auto-commit off the driver would begin the next one at each
 * commit, and hold the write lock while nothing is written.
 *
 * <p>Keys are texts, so that SQLite compares their UTF-8 bytes and an operator can read them. The
 * index of due items is a table of its own, because only the writer knows, from the encoded item,
 * what belongs there; it changes in the transaction that changes the item.
 */
final class SqliteFile {
  /** The version of the tables that this code reads and writes. */
  private static final int SCHEMA = 1;

  /** Pages in the write-ahead log before the writer moves them into the file: 16 MB. */
  private static final int CHECKPOINT_PAGES = 4000;

  /** How long to wait for a tool that has the file locked, a backup for example. */
  private static final int BUSY_TIMEOUT_MILLIS = 5000;

  private static final List<String> NEW_FILE =
      List.of(
          "BEGIN IMMEDIATE",
          "CREATE TABLE kv(pk TEXT NOT NULL, sk TEXT NOT NULL, v BLOB NOT NULL,"
              + " PRIMARY KEY(pk, sk)) WITHOUT ROWID",
          "CREATE TABLE due(queue TEXT NOT NULL, at INTEGER NOT NULL, pk TEXT NOT NULL,"
              + " sk TEXT NOT NULL, PRIMARY KEY(queue, at, pk, sk)) WITHOUT ROWID",
          "PRAGMA user_version = " + SCHEMA,
          "COMMIT");

  private final DataFolder folder;

  SqliteFile(DataFolder folder) {
    this.folder = folder;
    // The default, java.io.tmpdir, is often mounted without the right to execute.
    System.setProperty("org.sqlite.tmpdir", folder.tmp().toString());
  }

  /** The one connection that writes; makes the tables when the file is new. */
  Connection openWriter() throws SQLException {
    var settings = settings();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    var connection = settings.createConnection(url());
    try {
      prepareTables(connection);
      return connection;
    } catch (SQLException | DataFolderException failed) {
      connection.close();
      throw failed;
    }
  }

  /** A connection that only reads; the writer must be open. */
  Connection openReader() throws SQLException {
    var settings = settings();
    settings.setReadOnly(true);
    return settings.createConnection(url());
  }

  private static SQLiteConfig settings() {
    var settings = new SQLiteConfig();
    settings.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    settings.setTempStore(SQLiteConfig.TempStore.MEMORY);
    settings.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    return settings;
  }

  private String url() {
    return "jdbc:sqlite:" + folder.database();
  }

  private void prepareTables(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      int found = statement.executeQuery("PRAGMA user_version").getInt(1);
      if (found > SCHEMA) {
        throw new DataFolderException(
            folder.database()
                + " was written by a newer version of Roadstead (schema "
                + found
                + ", this version knows "
                + SCHEMA
                + "); start that version");
      }
      if (found == 0) {
        for (var step : NEW_FILE) {
          statement.execute(step);
        }
      }
    }
  }
}
