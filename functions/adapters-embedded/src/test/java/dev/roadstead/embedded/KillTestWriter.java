package dev.roadstead.embedded;

import dev.roadstead.model.Digest;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * The process that {@link KillTest} kills. Each writer does numbered things for ever, beginning
 * behind the last one it finds, and prints {@code <writer> <number> done} once each is answered.
 */
final class KillTestWriter {
  static final List<String> TRANSACTION_WRITERS = List.of("t0", "t1", "t2", "t3");
  static final List<String> OBJECT_WRITERS = List.of("o0", "o1");

  /** How many items each transaction makes. */
  static final int ITEMS = 5;

  static final int MAX_BYTES = 300_000;

  private KillTestWriter() {}

  static String partition(String writer, int number) {
    return writer + "-" + number;
  }

  static Key counter(String writer) {
    return new Key("counters", writer);
  }

  static ObjectKey object(String writer, int number) {
    return new ObjectKey("data/" + writer + "/" + number % 7 + "/" + number);
  }

  /** The object that a writer replaces each time, before it stores the numbered one. */
  static ObjectKey replaced(String writer) {
    return new ObjectKey("replaced/" + writer);
  }

  static byte[] content(String writer, int number) {
    var random = new Random(31L * number + writer.hashCode());
    var bytes = new byte[random.nextInt(MAX_BYTES)];
    random.nextBytes(bytes);
    return bytes;
  }

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    try (var folder = TestFolder.open(Path.of(args[0]));
        var metadata = SqliteMetadataStore.open(folder);
        var threads = Executors.newCachedThreadPool()) {
      var blobs = TestFolder.blobStore(folder);
      TRANSACTION_WRITERS.forEach(writer -> threads.execute(() -> transact(metadata, writer)));
      OBJECT_WRITERS.forEach(writer -> threads.execute(() -> storeObjects(blobs, writer)));
    } // waits for threads that do not end
  }

  private static void acknowledge(String writer, int number) {
    System.out.println(writer + " " + number + " done");
  }

  private static void transact(SqliteMetadataStore metadata, String writer) {
    metadata.write(Write.create(Item.at(counter(writer)).with("n", 0).build()));
    int number = 0;
    while (!metadata.query(Query.of(partition(writer, number), 1)).items().isEmpty()) {
      number++;
    }
    for (; ; number++) {
      var writes = new ArrayList<Write>();
      for (int i = 0; i < ITEMS; i++) {
        var item = Item.at(new Key(partition(writer, number), "i" + i)).with("n", number);
        if (i == 0) {
          item.with(Hint.QUEUE, writer).with(Hint.AT, number);
        }
        writes.add(Write.create(item.build()));
      }
      var count = List.of(Change.add("n", 1));
      writes.add(new Write.Update(counter(writer), count, Condition.is("n", number)));
      if (!(metadata.transact(new Transaction(writes)) instanceof Outcome.Done)) {
        throw new IllegalStateException(writer + " finds what it did not write");
      }
      acknowledge(writer, number);
    }
  }

  private static void storeObjects(FileBlobStore blobs, String writer) {
    int number = 0;
    while (blobs.head(object(writer, number)).isPresent()) {
      number++;
    }
    for (; ; number++) {
      var bytes = content(writer, number);
      store(blobs, replaced(writer), bytes, number % 3);
      store(blobs, object(writer, number), bytes, number / 3 % 3);
      acknowledge(writer, number);
    }
  }

  private static void store(FileBlobStore blobs, ObjectKey key, byte[] bytes, int way) {
    switch (way) {
      case 0 -> blobs.put(key, bytes);
      case 1 -> {
        try (var staging = blobs.stage()) {
          staging.write(ByteBuffer.wrap(bytes));
          staging.storeAs(key, Digest.sha256(bytes));
        }
      }
      default -> {
        var source = key.child("source");
        blobs.put(source, bytes);
        var upload = blobs.createMultipart(key);
        blobs.putPart(upload, 1, source);
        blobs.completeMultipart(upload, List.of(1));
        blobs.delete(source);
      }
    }
  }
}
