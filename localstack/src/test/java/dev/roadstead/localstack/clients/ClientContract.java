package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every client does with a registry. Each test has an image of its own, with bytes that nobody
 * has pushed before: a registry that knew them could save the client the upload.
 */
abstract class ClientContract extends ClientTest {
  private static final int TWO_GB = 2_000_000_000;

  /** How many processes are killed while one client is at work. */
  private static final int KILLED = 5;

  /** The odds that a push is broken off so often are nil. */
  private static final int TRIES = 10;

  private int pulls;

  /** Pushes an image and returns what the client printed. */
  abstract String push(ImageTar image, String reference);

  /** How many layers of the image that push sent, by the client's own account. */
  abstract long layersSent(ImageTar image, String printed);

  /** Pulls an image, through the client's store if it has one, to a new archive or folder. */
  abstract void pull(String reference, Path target);

  /** Removes every image and layer from the client's store; nothing for clients without one. */
  @AfterEach
  void emptyStore() {}

  /** Pushes what is in one repository to another. */
  String pushFrom(String source, ImageTar image, String target) {
    return push(image, target);
  }

  /** Whether the client asks for the rest of a layer when a connection breaks off in its middle. */
  boolean resumes() {
    return false;
  }

  /** Tells the client that there is a registry without TLS; most know it of this address. */
  void introduce(String authority) {}

  /** What must come out: the very blobs, unless the client unpacks layers and packs them again. */
  List<String> expected(ImageTar image) {
    return image.blobs();
  }

  @Test
  void pullsTheLayersOfEverySizeThatItPushed() {
    var image = ImageTar.write(folder, seed("every-size"), 1_000, 5_000_000, 60_000_000);
    var reference = repository("every-size") + ":1";

    var printed = push(image, reference);

    assertThat(layersSent(image, printed)).isEqualTo(3);
    emptyStore();
    assertThat(pulled(reference)).containsAll(expected(image));
  }

  /** What the relay's machine takes to start. */
  String wakeDelay() {
    return "2s";
  }

  /** Whether it sends layers as streams, and has to wait for a relay that sleeps. */
  boolean needsRelay() {
    return true;
  }

  @Test
  @Tag("long")
  @Tag("embedded")
  void pushesWhileTheRelaySleepsAndWakesItOnlyIfItNeedsIt() throws IOException {
    try (var registry = SleepyRegistry.start(folder.resolve("registry"), wakeDelay())) {
      introduce(registry.authority());
      var image = ImageTar.write(folder, seed("from-cold"), 60_000_000);
      var reference = registry.authority() + "/" + seed("from-cold") + ":1";

      push(image, reference);

      assertThat(registry.hasWokenItsRelay()).isEqualTo(needsRelay());
      emptyStore();
      assertThat(pulled(reference)).containsAll(expected(image));
      registry.isClean();
    }
  }

  @Test
  void pullsByDigest() {
    var image = ImageTar.write(folder, seed("by-digest"), 1_000, 5_000_000);
    var repository = repository("by-digest");
    push(image, repository + ":1");
    emptyStore();

    var pulled = pulled(repository + "@" + REGISTRY.manifestDigest(repository, "1"));

    assertThat(pulled).containsAll(expected(image));
  }

  @Test
  void sendsNoLayerOfAnUnchangedImage() {
    var image = ImageTar.write(folder, seed("unchanged"), 1_000, 5_000_000);
    var reference = repository("unchanged") + ":1";
    assertThat(layersSent(image, push(image, reference))).isEqualTo(2);

    var again = push(image, reference);

    assertThat(layersSent(image, again)).isZero();
  }

  @Test
  void mountsTheLayersThatAnotherRepositoryHas() {
    var image = ImageTar.write(folder, seed("mounted"), 1_000, 5_000_000);
    var source = repository("mount-source") + ":1";
    var target = repository("mount-target") + ":1";
    push(image, source);

    var printed = pushFrom(source, image, target);

    assertThat(layersSent(image, printed)).isZero();
    emptyStore();
    assertThat(pulled(target)).containsAll(expected(image));
  }

  @Test
  void sendsOnlyTheLayerThatIsNew() {
    var base = ImageTar.write(folder.resolve("base"), seed("shared"), 1_000, 5_000_000);
    var grown = ImageTar.write(folder.resolve("grown"), seed("shared"), 1_000, 5_000_000, 2_000);
    var repository = repository("shared");
    push(base, repository + ":base");

    var printed = push(grown, repository + ":grown");

    assertThat(layersSent(grown, printed)).isEqualTo(1);
    emptyStore();
    assertThat(pulled(repository + ":base")).containsAll(expected(base));
    assertThat(pulled(repository + ":grown")).containsAll(expected(grown));
  }

  @Test
  @Tag("long")
  void getsAnImageInSpiteOfABrokenConnection() {
    var image = ImageTar.write(folder, seed("broken"), 1_000, 5_000_000);
    push(image, repository("broken") + ":1");
    emptyStore();
    try (var network = CuttingProxy.before(REGISTRY.authority(), 2_000_000)) {
      introduce(network.authority());
      var reference = network.authority() + "/" + seed("broken") + ":1";

      var pulled = resumes() ? pulled(reference) : atTheSecondTryAtLast(() -> pulled(reference));

      assertThat(pulled).containsAll(expected(image));
      assertThat(network.hasCut()).isTrue();
      assertThat(network.wasAskedForTheRest() || !resumes()).as("resumed").isTrue();
    }
  }

  /** Some clients try a push again after 502, others leave that to people; pulls notice nothing. */
  @Test
  @Tag("processes")
  void getsThroughWhileFunctionsAreKilled() {
    try (var killer = REGISTRY.killFunctions()) {
      for (int i = 0; killer.killed() < KILLED; i++) {
        var image =
            ImageTar.write(folder.resolve("image-" + i), seed("killed-" + i), 1_000, 5_000_000);
        var reference = repository("killed") + ":" + i;

        var _ = atOneOf(TRIES, () -> push(image, reference));

        emptyStore();
        assertThat(pulled(reference)).containsAll(expected(image));
      }
    }
  }

  /** For clients that are asked to in a test with the tag long. */
  final void pullsALayerOfTwoGigabytesThatItPushed() {
    var image = ImageTar.write(folder, seed("large"), TWO_GB);
    var reference = repository("large") + ":1";

    push(image, reference);

    emptyStore();
    assertThat(pulled(reference)).containsAll(expected(image));
    REGISTRY.stayedWithinItsMemory();
  }

  /** The digests of what comes out when the client pulls. */
  final Set<String> pulled(String reference) {
    var target = folder.resolve("pulled-" + pulls++);
    pull(reference, target);
    return Digests.below(target);
  }
}
