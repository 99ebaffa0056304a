package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Limits;
import dev.roadstead.store.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process writes with several threads and says what was acknowledged, until it is killed: then
 * everything acknowledged is there, and nothing is there by half.
 */
class KillTest {
  private static final int ROUNDS = 5;
  private static final int MAX_ACKNOWLEDGEMENTS = 300;
  private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("(\\w+) (\\d+) done");

  @TempDir Path temp;

  /** The last number that each writer, by its name, was answered. */
  private final Map<String, Integer> acknowledged = new HashMap<>();

  @Test
  void losesNothingAcknowledgedAndKeepsNothingByHalf() throws Exception {
    var random = new Random();
    for (int round = 0; round < ROUNDS; round++) {
      writeAndKill(1 + random.nextInt(MAX_ACKNOWLEDGEMENTS));
      assertThat(temp.resolve("tmp"))
          .as("where SQLite's native library is unpacked")
          .isDirectoryContaining("glob:**libsqlitejdbc*");
      try (var folder = TestFolder.open(temp);
          var metadata = SqliteMetadataStore.open(folder)) {
        for (var writer : KillTestWriter.TRANSACTION_WRITERS) {
          checkTransactions(metadata, writer);
        }
        var blobs = TestFolder.blobStore(folder);
        for (var writer : KillTestWriter.OBJECT_WRITERS) {
          checkObjects(blobs, writer);
        }
      }
    }
    assertThat(acknowledged.values().stream().mapToInt(last -> last + 1).sum())
        .isGreaterThanOrEqualTo(ROUNDS);
  }

  private void writeAndKill(int afterAcknowledgements) throws IOException {
    try (var process = ChildProcess.start(KillTestWriter.class, temp.toString())) {
      for (int i = 0; i < afterAcknowledgements; i++) {
        take(process.nextLine().orElseThrow());
      }
      process.kill();
      for (var line = process.nextLine(); line.isPresent(); line = process.nextLine()) {
        take(line.get()); // what it said before it died counts too
      }
    }
  }

  /** A line cut off by the kill acknowledges nothing. */
  private void take(String line) {
    var words = ACKNOWLEDGEMENT.matcher(line);
    if (words.matches()) {
      acknowledged.put(words.group(1), Integer.parseInt(words.group(2)));
    }
  }

  private void checkTransactions(SqliteMetadataStore metadata, String writer) {
    int last = acknowledged.getOrDefault(writer, -1);
    int whole = 0;
    for (int number = 0; ; number++) {
      var items = metadata.query(Query.of(KillTestWriter.partition(writer, number), 100)).items();
      if (items.isEmpty()) {
        break;
      }
      assertThat(items).as("%s %s", writer, number).hasSize(KillTestWriter.ITEMS);
      assertThat(items).extracting(item -> item.number("n")).containsOnly((long) number);
      whole++;
    }
    assertThat(whole).as(writer).isBetween(last + 1, last + 2);
    long counted =
        metadata
            .get(KillTestWriter.counter(writer), Consistency.STRONG)
            .map((Item item) -> item.number("n"))
            .orElse(0L);
    assertThat(counted).as(writer).isEqualTo(whole);
    var due = IntStream.range(0, Math.min(whole, Limits.MAX_LISTED_KEYS));
    assertThat(metadata.due(writer, whole, Limits.MAX_LISTED_KEYS))
        .extracting(Key::partition)
        .isEqualTo(due.mapToObj(number -> KillTestWriter.partition(writer, number)).toList());
    acknowledged.put(writer, whole - 1);
  }

  private void checkObjects(FileBlobStore blobs, String writer) {
    int last = acknowledged.getOrDefault(writer, -1);
    int whole = 0;
    for (var object = read(blobs, writer, whole);
        object.isPresent();
        object = read(blobs, writer, whole)) {
      assertThat(isContent(object.get(), writer, whole)).as("%s %s", writer, whole).isTrue();
      whole++;
    }
    assertThat(whole).as(writer).isBetween(last + 1, last + 2);
    var replaced = blobs.read(KillTestWriter.replaced(writer), KillTestWriter.MAX_BYTES);
    if (whole > 0 || replaced.isPresent()) {
      assertThat(
              isContent(replaced.orElseThrow(), writer, whole)
                  || isContent(replaced.orElseThrow(), writer, whole - 1))
          .as("%s replaced", writer)
          .isTrue();
    }
    acknowledged.put(writer, whole - 1);
  }

  private static Optional<byte[]> read(FileBlobStore blobs, String writer, int number) {
    return blobs.read(KillTestWriter.object(writer, number), KillTestWriter.MAX_BYTES);
  }

  private static boolean isContent(byte[] found, String writer, int number) {
    return Arrays.equals(found, KillTestWriter.content(writer, number));
  }
}
