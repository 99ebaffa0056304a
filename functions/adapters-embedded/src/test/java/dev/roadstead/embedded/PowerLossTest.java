package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.embedded.SyncTrace.Acknowledged;
import dev.roadstead.model.Digest;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is acknowledged has been synced before: files, their folders, and those above. */
class PowerLossTest {
  private static final List<String> STEPS =
      List.of(
          "open",
          "secret",
          "write",
          "transact",
          "put",
          "put below",
          "checksum",
          "checksum again",
          "replace a folder",
          "create multipart",
          "part",
          "object as part",
          "part to be dropped",
          "complete",
          "delete",
          "delete a folder",
          "abort");
  private static final String FORGOTTEN = "forgotten";

  @TempDir Path temp;

  @Test
  void acknowledgesOnlyWhatIsOnDisk() throws Exception {
    assumeTrue(straceWorks(), "skipped: strace is not installed, or may not trace here");
    var root = temp.toRealPath().resolve("new/data");
    var log = temp.resolve("trace");
    var strace =
        List.of("strace", "-f", "-y", "-s", "100", "-e", SyncTrace.CALLS, "-o", log.toString());
    var said = new ArrayList<String>();
    try (var process = ChildProcess.start(strace, Steps.class, root.toString())) {
      for (var line = process.nextLine(); line.isPresent(); line = process.nextLine()) {
        said.add(line.get());
      }
      assertThat(process.exitCode()).as("%s", said).isZero();
    }

    var acknowledged = SyncTrace.read(Files.readAllLines(log), root);

    var forgotten = acknowledged.getLast();
    assertThat(forgotten.name()).isEqualTo(FORGOTTEN);
    assertThat(forgotten.notOnDisk()).as("the trace sees what is forgotten").hasSize(2);
    var steps = acknowledged.subList(0, acknowledged.size() - 1);
    assertThat(steps).extracting(Acknowledged::name).isEqualTo(STEPS);
    for (var step : steps) {
      assertThat(step.notOnDisk()).as(step.name()).isEmpty();
      assertThat(step.syncs()).as(step.name()).isPositive();
    }
    assertThat(steps.get(STEPS.indexOf("transact")).syncs()).as("one commit").isEqualTo(1);
  }

  private static boolean straceWorks() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** Does one thing after the other, and says so after each. */
  static final class Steps {
    private final FileBlobStore blobs;
    private final SqliteMetadataStore metadata;

    private Steps(DataFolder folder, SqliteMetadataStore metadata) {
      this.metadata = metadata;
      this.blobs = TestFolder.blobStore(folder);
    }

    public static void main(String[] args) throws IOException {
      try (var folder = TestFolder.open(Path.of(args[0]));
          var metadata = SqliteMetadataStore.open(folder)) {
        var steps = new Steps(folder, metadata);
        acknowledge("open");
        folder.secret(Secret.UPLOAD_LOCATIONS);
        acknowledge("secret");
        steps.writeMetadata();
        steps.storeObjects();
        steps.storeParts();
        steps.delete();
        Files.write(folder.objects().resolve("unsynced.object"), new byte[] {1});
        acknowledge(FORGOTTEN);
      }
    }

    private static void acknowledge(String step) {
      System.out.println("ack " + step);
    }

    private static ObjectKey key(String text) {
      return new ObjectKey(text);
    }

    private void writeMetadata() {
      metadata.write(Write.create(Item.at(new Key("p", "s")).build()));
      acknowledge("write");
      var creates =
          IntStream.range(0, 14)
              .<Write>mapToObj(
                  i ->
                      Write.create(
                          Item.at(new Key("p", "n" + i))
                              .with(Hint.QUEUE, "L0")
                              .with(Hint.AT, i)
                              .build()));
      var update = new Write.Update(new Key("p", "s"), List.of(Change.add("n", 1)), Condition.NONE);
      var writes = new ArrayList<>(creates.toList());
      writes.add(update);
      metadata.transact(new Transaction(writes));
      acknowledge("transact");
    }

    private void storeObjects() {
      blobs.put(key("data/ab/u"), new byte[1000]);
      acknowledge("put");
      blobs.put(key("data/ab/u/t1"), new byte[1000]);
      acknowledge("put below");
      storeWithChecksum();
      acknowledge("checksum");
      storeWithChecksum();
      acknowledge("checksum again");
      blobs.put(key("in/r/d/s"), new byte[1]);
      acknowledge("replace a folder");
    }

    private void storeWithChecksum() {
      try (var staging = blobs.stage()) {
        staging.write(ByteBuffer.allocate(1000));
        staging.storeAs(key("in/r/d/s"), Digest.sha256(new byte[1000]));
      }
    }

    private void storeParts() {
      var upload = blobs.createMultipart(key("data/cd/v"));
      acknowledge("create multipart");
      try (var staging = blobs.stage()) {
        staging.write(ByteBuffer.allocate(6 * 1024 * 1024));
        staging.storeAsPart(upload, 1);
      }
      acknowledge("part");
      blobs.putPart(upload, 2, key("data/ab/u/t1"));
      acknowledge("object as part");
      blobs.putPart(upload, 3, key("data/ab/u/t1"));
      acknowledge("part to be dropped");
      blobs.completeMultipart(upload, List.of(1, 2));
      acknowledge("complete");
    }

    private void delete() {
      blobs.delete(key("data/ab/u/t1"));
      acknowledge("delete");
      blobs.delete(key("data/cd/v"));
      acknowledge("delete a folder");
      blobs.abortMultipart(blobs.createMultipart(key("data/cd/v")));
      acknowledge("abort");
    }
  }
}
