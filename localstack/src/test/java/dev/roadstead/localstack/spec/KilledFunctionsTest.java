package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.FunctionKiller;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pushes and pulls while any process of any function, whatever it is doing, is killed every few
 * seconds. Pulls notice nothing; a push repeats what was answered with 502, as clients do or the
 * people who run them.
 */
@Tag("processes")
class KilledFunctionsTest extends RegistryTest {
  private static final int IMAGES = 60;

  /** The odds that a step is killed so often are nil. */
  private static final int MAX_TRIES = 10;

  private static final int BAD_GATEWAY = 502;

  @Test
  void losesNothingThatWasAnswered() {
    pushAndPull("v0"); // every function has a process, or the only one would never get to its end
    try (var killer = FunctionKiller.of(ProcessHandle.current())) {
      for (int i = 1; i < IMAGES; i++) {
        pushAndPull("v" + i);
      }
      assertThat(killer.killed()).as("processes killed").isPositive();
    }
    assertThat(repository.get("/tags/list").expect(200).texts("tags")).hasSize(IMAGES);
  }

  private void pushAndPull(String tag) {
    var layer = pushBlob();
    var image = Manifest.image(pushBlob(), layer);
    repeated(() -> repository.put("/manifests/" + tag, image)).expect(201);

    repository.head("/manifests/" + tag).expect(200);
    var pulled = repository.get("/manifests/" + tag).expect(200);
    assertThat(pulled.body()).isEqualTo(image.content().bytes());
    assertThat(repository.get("/blobs/" + layer.digest()).expect(200).body())
        .isEqualTo(layer.bytes());
  }

  private Content pushBlob() {
    var blob = Content.random(10_000);
    var location =
        repeated(() -> repository.post("/blobs/uploads/")).expect(202).header("Location");
    repeated(() -> registry.http().put(location + "?digest=" + blob.digest(), blob.bytes()))
        .expect(201);
    return blob;
  }

  private static Reply repeated(Supplier<Reply> request) {
    var reply = request.get();
    for (int i = 1; i < MAX_TRIES && reply.status() == BAD_GATEWAY; i++) {
      reply = request.get();
    }
    return reply;
  }
}
