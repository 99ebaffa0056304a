package dev.roadstead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to SQLite; the rest is in the contract. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD) // who is not answered waits for ever
class SqliteMetadataStoreTest {
  private static final Item ITEM = Item.at(new Key("p", "s")).with("n", 1).build();

  @TempDir Path temp;
  private DataFolder folder;

  @BeforeEach
  void open() {
    folder = TestFolder.open(temp);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void sql(String statement) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
        var work = connection.createStatement()) {
      work.execute(statement);
    }
  }

  @Test
  void keepsItemsAndLeavesOneFileWhenItIsClosed() {
    try (var store = SqliteMetadataStore.open(folder)) {
      store.write(Write.create(ITEM));
      assertThat(temp.resolve("metadata.db-wal")).exists();
    }
    assertThat(temp).isDirectoryNotContaining("glob:**metadata.db-*");
    try (var store = SqliteMetadataStore.open(folder)) {
      assertThat(store.get(ITEM.key(), Consistency.STRONG)).contains(ITEM);
    }
  }

  @Test
  void syncsEveryCommitAndMapsNoMemory() throws Exception {
    var file = new SqliteFile(folder);
    try (var writer = file.openWriter();
        var reader = file.openReader()) {
      for (var connection : List.of(writer, reader)) {
        try (var statement = connection.createStatement()) {
          assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("wal");
          assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1))
              .as("FULL")
              .isEqualTo(2);
          assertThat(statement.executeQuery("PRAGMA mmap_size").getLong(1)).isZero();
        }
      }
      try (var statement = writer.createStatement()) {
        assertThat(statement.executeQuery("PRAGMA wal_autocheckpoint").getInt(1)).isEqualTo(4000);
      }
    }
  }

  @Test
  void findsAPageWithoutLookingAtWhatComesBefore() throws Exception {
    try (var writer = new SqliteFile(folder).openWriter();
        var statement = writer.createStatement();
        var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + SqliteReader.QUERY)) {
      var steps = new ArrayList<String>();
      while (plan.next()) {
        steps.add(plan.getString("detail"));
      }
      assertThat(steps).containsExactly("SEARCH kv USING PRIMARY KEY (pk=? AND sk>?)");
    }
  }

  @Test
  void refusesWhatANewerVersionWroteAndChangesNothing() throws Exception {
    SqliteMetadataStore.open(folder).close();
    sql("PRAGMA user_version = 2");
    var before = Files.readAllBytes(folder.database());

    assertThatExceptionOfType(DataFolderException.class)
        .isThrownBy(() -> SqliteMetadataStore.open(folder))
        .withMessageContaining("newer version of Roadstead (schema 2");

    assertThat(folder.database()).hasBinaryContent(before);
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(folder.database(), "no database ".repeat(100));
    assertThatExceptionOfType(DataFolderException.class)
        .isThrownBy(() -> SqliteMetadataStore.open(folder))
        .withMessageContaining("cannot open " + folder.database());
  }

  @Test
  void saysEachTimeThatTheFileIsDamaged() throws Exception {
    try (var store = SqliteMetadataStore.open(folder)) {
      store.write(Write.create(ITEM));
    }
    try (var file = FileChannel.open(folder.database(), StandardOpenOption.WRITE)) {
      int page = 4096; // the first holds the schema
      file.write(ByteBuffer.wrap("damage".repeat(2000).getBytes(UTF_8)), page);
    }
    try (var store = SqliteMetadataStore.open(folder)) {
      for (int i = 0; i < 10; i++) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.get(ITEM.key(), Consistency.STRONG))
            .withMessageContaining("SQLITE_CORRUPT");
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.write(Write.create(ITEM)))
            .withMessageContaining("SQLITE_CORRUPT");
      }
    }
  }

  @Test
  void saysSoWhenAnItemIsDamaged() throws Exception {
    try (var store = SqliteMetadataStore.open(folder)) {
      store.write(Write.create(ITEM));
      sql("UPDATE kv SET v = x'0909'");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.get(ITEM.key(), Consistency.STRONG))
          .withMessageContaining("item in the database");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.write(new Write.Put(ITEM, Condition.exists())));
      assertThat(store.get(new Key("p", "other"), Consistency.STRONG)).isEmpty();
    }
  }

  @Test
  void waitsForAToolThatHasTheFileLocked() throws Exception {
    try (var store = SqliteMetadataStore.open(folder);
        var tool = new SqliteFile(folder).openWriter();
        var statement = tool.createStatement();
        var thread = Executors.newSingleThreadExecutor()) {
      statement.execute("BEGIN IMMEDIATE");
      var outcome = thread.submit(() -> store.write(Write.create(ITEM)));
      assertThat(store.get(ITEM.key(), Consistency.STRONG)).isEmpty();
      statement.execute("COMMIT");
      assertThat(outcome.get()).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void letsNoBadTransactionTakeItsNeighboursWithIt() throws Exception {
    var full = Item.at(new Key("p", "full")).with("b", Value.of(new byte[400_000])).build();
    var tooMuch = List.of(Change.put("c", new byte[20_000]));
    try (var store = SqliteMetadataStore.open(folder);
        var threads = Executors.newFixedThreadPool(8)) {
      store.write(Write.create(full));
      var tasks =
          IntStream.range(0, 200)
              .<Callable<Outcome>>mapToObj(
                  i ->
                      () ->
                          i % 5 == 0
                              ? store.write(new Write.Update(full.key(), tooMuch, Condition.NONE))
                              : store.write(Write.create(Item.at(new Key("n", "" + i)).build())))
              .toList();
      int refused = 0;
      for (var answer : threads.invokeAll(tasks)) {
        try {
          assertThat(answer.get()).isInstanceOf(Outcome.Done.class);
        } catch (ExecutionException failed) {
          assertThat(failed).hasCauseInstanceOf(IllegalArgumentException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(40);
      assertThat(store.query(Query.of("n", 1000)).items()).hasSize(160);
      assertThat(store.get(full.key(), Consistency.STRONG)).contains(full);
    }
  }

  @Test
  void answersEveryCallerWhenItIsClosedMeanwhile() throws Exception {
    var store = SqliteMetadataStore.open(folder);
    var answered = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var started = new CountDownLatch(8);
      var tasks =
          IntStream.range(0, 8)
              .mapToObj(number -> threads.submit(() -> writeUntilClosed(store, number, started)))
              .toList();
      started.await();
      store.close();
      for (var task : tasks) {
        answered.add(task.get());
      }
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.get(ITEM.key(), Consistency.STRONG));
    try (var again = SqliteMetadataStore.open(folder)) {
      for (int number = 0; number < 8; number++) {
        assertThat(again.query(Query.of("w" + number, 1000)).items())
            .hasSizeGreaterThanOrEqualTo(Math.min(1000, answered.get(number)));
      }
    }
  }

  private static int writeUntilClosed(
      SqliteMetadataStore store, int number, CountDownLatch started) {
    for (int i = 0; ; i++) {
      try {
        store.write(Write.create(Item.at(new Key("w" + number, "%06d".formatted(i))).build()));
        started.countDown();
      } catch (StoreException closed) {
        return i;
      }
    }
  }
}
