package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.RegistryException;
import dev.roadstead.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients at once, with real threads: whoever comes first, everything adds up. */
class ConcurrencyTest {
  private static final int WRITERS = 50;

  private final World world = new World();
  private final Client client = world.other(APP);

  @AfterEach
  void everythingIsSafe() {
    world.isSafeAfterEvents();
  }

  static <T> List<T> allAtOnce(List<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      var results = new ArrayList<T>();
      for (var done : threads.invokeAll(tasks)) {
        results.add(done.get());
      }
      return results;
    }
  }

  private static List<TestImage> images() {
    var base = TestBlob.of("the layer that all of them share");
    return IntStream.range(0, WRITERS)
        .mapToObj(number -> TestImage.of(TestBlob.of("config " + number), base))
        .toList();
  }

  @Test
  void fiftyWritersMoveOneTagOneAfterTheOther() throws Exception {
    var images = images();
    images.forEach(client::pushParts);
    var results =
        allAtOnce(
            images.stream()
                .<Callable<PutResult>>map(image -> () -> client.put(image, "latest"))
                .toList());
    assertThat(results).allMatch(PutResult.Stored.class::isInstance);

    var moves = List.copyOf(Contents.of(world.all()).moves().values());
    assertThat(moves).hasSize(WRITERS);
    assertThat(moves.stream().map(move -> Contents.text(move, "digest")))
        .containsExactlyInAnyOrderElementsOf(
            images.stream().map(image -> image.manifest().digest().toString()).toList());
    for (int i = 1; i < WRITERS; i++) {
      assertThat(moves.get(i).text("previous")).isEqualTo(moves.get(i - 1).text("digest"));
    }
    assertThat(client.tagged("latest").map(Object::toString))
        .contains(moves.getLast().text("digest"));
    assertThat(manifestsWithoutTag()).hasSize(WRITERS - 1).allMatch(Contents::isHinted);
  }

  private List<Item> manifestsWithoutTag() {
    return Contents.of(world.all()).manifests().values().stream()
        .filter(manifest -> manifest.number("tags") == 0)
        .toList();
  }

  @Test
  void fiftyWritersShareALayerAndItIsCountedExactly() throws Exception {
    var images = images();
    images.forEach(client::pushParts);
    var results =
        allAtOnce(
            IntStream.range(0, WRITERS)
                .<Callable<PutResult>>mapToObj(n -> () -> client.put(images.get(n), "t" + n))
                .toList());
    assertThat(results).allMatch(PutResult.Stored.class::isInstance);
  }

  @Test
  void ofTwentyChunksAtOnceOneIsAccepted() throws Exception {
    var upload = client.post();
    var blobs = IntStream.range(0, 20).mapToObj(n -> TestBlob.random(n, 1000)).toList();
    var accepted =
        allAtOnce(
            blobs.stream().<Callable<Boolean>>map(blob -> () -> isTaken(upload, blob)).toList());
    assertThat(accepted).containsOnlyOnce(true);
    var winner = blobs.get(accepted.indexOf(true));
    Client.created(client.putEmpty(upload, winner.digest()));
    client.pulls(winner);
  }

  private boolean isTaken(Client.Upload upload, TestBlob blob) {
    try {
      return client.patchAt(upload, 0, blob.bytes()).status() == 202;
    } catch (RegistryException refusal) {
      assertThat(refusal.status()).isEqualTo(416);
      return false;
    }
  }

  @Test
  void twentyUploadsAndDirectPutsOfOneBlobAtOnceMakeOneBlob() throws Exception {
    var blob = TestBlob.random(1, 1000);
    var results =
        allAtOnce(
            IntStream.range(0, 20)
                .<Callable<Boolean>>mapToObj(
                    n ->
                        () -> {
                          if (n % 2 == 0) {
                            client.push(blob);
                          } else {
                            client.pushDirect(blob);
                          }
                          return client.has(blob);
                        })
                .toList());
    assertThat(results).containsOnly(true);
    client.pulls(blob);
  }

  @Test
  void imagesArePushedAndDeletedAtOnce() throws Exception {
    var images = images();
    images.forEach(client::pushParts);
    allAtOnce(
        IntStream.range(0, WRITERS)
            .<Callable<Boolean>>mapToObj(
                n ->
                    () -> {
                      var image = images.get(n % 5);
                      return n % 2 == 0
                          ? client.put(image, "t" + n % 3) instanceof PutResult.Stored
                          : client.delete(image) instanceof ManifestDelete.Deletion.Deleted;
                    })
            .toList());
  }
}
