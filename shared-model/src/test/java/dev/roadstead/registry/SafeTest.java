package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Client.Upload;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Write;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge has teeth: whatever is altered in a registry of everything, it sees. */
class SafeTest {
  private final World world = new World();

  @BeforeEach
  void everything() {
    var client = world.client(APP);
    var image = TestImage.numbered(1);
    client.push(image, "latest");
    client.push(TestImage.index(Optional.empty(), image, TestImage.numbered(2)), "index");
    client.push(TestImage.about(image, "application/vnd.example.sbom", 1), "sbom");
    client.push(TestImage.withNoise(100 * 1024), "medium");
    client.push(TestImage.withNoise(600 * 1024), "large");
    client.push(TestBlob.of("idle"));
    var blob = TestBlob.random(1, TestBlob.PART_BYTES + 1000);
    client.pushChunks(TestBlob.of(blob.slice(0, 1000)), 300);
    world.client(OTHER).pushDirect(TestBlob.of("shared"));
    world.client(OTHER).pulls(TestBlob.of("shared"));
    world.process().blobs().mount(APP, TestBlob.of("shared").digest(), Optional.of(OTHER));
    world.client(OTHER).pushDirect(TestBlob.of("fresh"));
    var upload = Upload.of(client.patch(client.post(), blob.slice(0, 1000)));
    upload = Upload.of(client.patch(upload, blob.slice(1000, blob.sizeBytes())));
    client.patch(upload, new byte[10]);
    client.push(TestBlob.of("condemned"));
    client.delete(TestBlob.of("condemned"));
    world.isSafe();
  }

  private void isSeen(Item original, Write altering) {
    world.items().write(altering);
    assertThat(Safe.violations(world)).as(altering.toString()).isNotEmpty();
    world.items().write(new Write.Put(original, Condition.NONE));
  }

  private static boolean isFresh(Item item) {
    return Contents.text(item, "state").equals("FRESH");
  }

  private static boolean isUntagged(Item item) {
    return item.has("tags") && item.number("tags") == 0;
  }

  @Test
  void seesEveryItemThatIsMissing() {
    for (var item : world.all()) {
      // Three may go unseen: the session of a direct PUT, whose object events remove, the trash of
      // a session whose objects are gone already, and audit entries, which expire.
      var partition = item.key().partition();
      boolean mayGo = isFresh(item) || partition.startsWith("X#0") || partition.startsWith("A#");
      if (!mayGo) {
        isSeen(item, new Write.Delete(item.key(), Condition.NONE));
      }
    }
    world.isSafe();
  }

  @Test
  void seesEveryCountThatIsWrong() {
    for (var counter : List.of("refs", "links", "tags", "parents", "sizeBytes", "offsetBytes")) {
      for (var item : world.all()) {
        boolean counts = item.has(counter) && !item.key().partition().matches("X#.*|.*#S#.*");
        if (counts) {
          isSeen(
              item, new Write.Update(item.key(), List.of(Change.add(counter, 1)), Condition.NONE));
        }
      }
    }
  }

  @Test
  void seesEveryNameThatIsWrong() {
    var wrong =
        Map.of(
            "objectKey", "data/00/another",
            "bodyObject", "manifests/00/another",
            "digest", "sha256:" + "0".repeat(64),
            "state", "ELSE",
            "mediaType", "a/b");
    wrong.forEach(
        (attribute, value) -> {
          for (var item : world.all()) {
            boolean judged =
                item.has(attribute)
                    && !item.key().partition().matches("X#.*|.*#U")
                    && !(attribute.equals("mediaType") && isUntagged(item));
            if (judged) {
              isSeen(
                  item,
                  new Write.Update(
                      item.key(), List.of(Change.put(attribute, value)), Condition.NONE));
            }
          }
        });
  }

  @Test
  void seesEveryHintThatIsMissing() {
    for (var item : world.all()) {
      if (Contents.isHinted(item)) {
        var dropped = List.of(Change.remove("gcAt"));
        boolean needed = Contents.number(item, "refs") + Contents.number(item, "parents") == 0;
        if (needed && Contents.number(item, "tags") == 0) {
          isSeen(item, new Write.Update(item.key(), dropped, Condition.NONE));
        }
      }
    }
  }

  /** Objects that a blob, a manifest or an open upload needs. */
  private Set<String> liveObjects() {
    var contents = Contents.of(world.all());
    var live = new TreeSet<String>();
    contents.blobs().values().forEach(blob -> live.add(blob.text("objectKey")));
    contents.manifests().values().forEach(m -> m.textIfAny("bodyObject").ifPresent(live::add));
    for (var session : contents.sessions().values()) {
      var tails = Contents.text(session, "tails");
      if (!tails.isEmpty()) {
        var id = session.key().sort();
        var attempt = tails.substring(0, tails.indexOf(':'));
        live.add("data/" + id.substring(0, 2) + "/" + id + "/t" + attempt);
      }
    }
    return live;
  }

  @Test
  void seesEveryObjectThatIsMissingOrAlteredAndOneThatIsNobodys() {
    var live = liveObjects();
    assertThat(live).hasSizeGreaterThanOrEqualTo(10);
    for (var text : live) {
      var key = new ObjectKey(text);
      var bytes = world.objects().read(key, Integer.MAX_VALUE).orElseThrow();
      world.objects().delete(key);
      assertThat(Safe.violations(world)).as("without " + text).isNotEmpty();
      world.objects().put(key, new byte[] {1});
      assertThat(Safe.violations(world)).as("another " + text).isNotEmpty();
      world.objects().put(key, bytes);
    }
    world.isSafe();
    world.objects().put(new ObjectKey("data/00/stray"), new byte[1]);
    assertThat(Safe.violations(world)).hasSize(1);
  }

  @Test
  void seesPartsThatAreNobodys() {
    var upload = world.objects().createMultipart(new ObjectKey("data/00/stray"));
    world.isSafe(); // nothing is in it
    try (var staging = world.objects().stage()) {
      staging.write(ByteBuffer.wrap(new byte[10]));
      staging.storeAsPart(upload, 1);
    }
    assertThat(Safe.violations(world)).hasSize(1);
  }
}
