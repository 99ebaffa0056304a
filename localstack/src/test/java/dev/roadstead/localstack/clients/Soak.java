package dev.roadstead.localstack.clients;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the clients of a soak do, and what they know of each tag. A client that fails has no excuse
 * but a server that was killed meanwhile.
 */
final class Soak {
  private static final List<String> REPOSITORIES = List.of("soak/one", "soak/two");
  private static final int TAGS = 4;

  private final SoakRegistry registry;
  private final List<ImageTar> images;
  private final List<SoakTag> tags;
  private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();

  /** What is counted. */
  private enum Count {
    PUSHES,
    COPIES,
    DELETIONS,
    PULLS,
    EXCUSED
  }

  /** How something ended. */
  private sealed interface Outcome {
    record Done() implements Outcome {}

    /** Badly, and the server was killed meanwhile: nobody knows what is true. */
    record Excused() implements Outcome {}

    record Failed(String why) implements Outcome {}
  }

  /**
   * Clients of a registry.
   *
   * @param movesUnderPulls whether a tag may be moved while somebody pulls it
   */
  Soak(SoakRegistry registry, List<ImageTar> images, boolean movesUnderPulls) {
    this.registry = registry;
    this.images = images;
    this.tags = new ArrayList<>();
    for (var repository : REPOSITORIES) {
      for (int n = 0; n < TAGS; n++) {
        tags.add(new SoakTag(registry.authority() + "/" + repository, "t" + n, movesUnderPulls));
      }
    }
  }

  /** One thing that a client does. */
  void step(SoakClient client, Random random) {
    registry.awaitUp();
    var tag = tags.get(random.nextInt(tags.size()));
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> {
        var image = images.get(random.nextInt(images.size()));
        tag.moving(() -> push(client, tag, image));
      }
      case 6, 7, 8 -> {
        var to = tags.get(random.nextInt(tags.size()));
        if (to != tag) {
          tag.whileItStands(() -> to.movingIfFree(() -> copy(client, tag, to)));
        }
      }
      case 9 -> delete(client, tag);
      default -> tag.whileItStays(() -> pull(client, tag));
    }
  }

  private void push(SoakClient client, SoakTag tag, ImageTar image) {
    var before = tag.images();
    tag.namesAlso(image.config());
    switch (attempt(Count.PUSHES, () -> client.push(image, tag.reference()))) {
      case Outcome.Done done -> tag.names(Set.of(image.config()));
      case Outcome.Excused excused -> {} // either of the two, if there were two
      case Outcome.Failed(var why) -> {
        tag.names(before);
        refused.add("push to " + tag.reference() + ": " + why);
      }
    }
  }

  /** Within a repository no blob can be missing: the tag that is copied keeps all of them. */
  private void copy(SoakClient client, SoakTag from, SoakTag to) {
    var before = to.images();
    var copied = from.images();
    if (copied.size() != 1) {
      return; // nobody knows which
    }
    to.namesAlso(copied.iterator().next());
    switch (attempt(Count.COPIES, () -> client.copy(from.reference(), to.reference()))) {
      case Outcome.Done done -> to.names(copied);
      case Outcome.Excused excused -> {}
      case Outcome.Failed(var why) -> {
        to.names(before);
        var place = from.repository().equals(to.repository()) ? broken : refused;
        place.add("copy of %s to %s: %s".formatted(from.reference(), to.reference(), why));
      }
    }
  }

  /** With a manifest all its tags go, so none of the repository's can be used meanwhile. */
  private void delete(SoakClient client, SoakTag tag) {
    var affected =
        tags.stream()
            .filter(
                other ->
                    client.deletesManifests()
                        ? other.repository().equals(tag.repository())
                        : other == tag)
            .sorted(Comparator.comparing(SoakTag::reference))
            .toList();
    removing(affected, () -> deleteNow(client, tag, affected));
  }

  private static void removing(List<SoakTag> some, Runnable act) {
    if (some.isEmpty()) {
      act.run();
    } else {
      some.getFirst().removing(() -> removing(some.subList(1, some.size()), act));
    }
  }

  private void deleteNow(SoakClient client, SoakTag tag, List<SoakTag> affected) {
    var gone = tag.images();
    if (gone.isEmpty()) {
      return;
    }
    var outcome = attempt(Count.DELETIONS, () -> client.delete(tag.reference()));
    if (outcome instanceof Outcome.Failed(var why)) {
      broken.add("deletion of " + tag.reference() + ": " + why);
    }
    affected.stream()
        .filter(other -> other.images().stream().anyMatch(gone::contains))
        .forEach(SoakTag::isUnknown);
  }

  private void pull(SoakClient client, SoakTag tag) {
    int begun = tag.moment();
    if (tag.images().isEmpty()) {
      return;
    }
    Collection<String> came = new HashSet<>();
    var outcome = attempt(Count.PULLS, () -> came.addAll(client.pull(tag.reference())));
    var may = tag.imagesSince(begun);
    switch (outcome) {
      case Outcome.Done done -> {
        if (came.stream().noneMatch(may::contains)) {
          broken.add("pull of %s brought %s, not %s".formatted(tag.reference(), came, may));
        }
      }
      case Outcome.Excused excused -> {}
      case Outcome.Failed(var why) -> broken.add("pull of " + tag.reference() + ": " + why);
    }
  }

  private Outcome attempt(Count what, Runnable call) {
    count(what);
    int begun = registry.moment();
    var begunNanos = System.nanoTime();
    try {
      call.run();
      return new Outcome.Done();
    } catch (AssertionError problem) {
      if (!registry.wasUpSince(begun)) {
        count(Count.EXCUSED);
        return new Outcome.Excused();
      }
      var seconds = NANOSECONDS.toSeconds(System.nanoTime() - begunNanos);
      return new Outcome.Failed("after %d s: %s".formatted(seconds, problem.getMessage()));
    }
  }

  /** When all is quiet: every tag that is known to be there can be pulled. */
  void pullsEverythingThatIsThere(SoakClient client) {
    tags.forEach(tag -> pull(client, tag));
  }

  /** What must never happen, and did. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  /** Pushes, and copies from another repository, that the registry did not take. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void count(Count what) {
    counts.computeIfAbsent(what, first -> new LongAdder()).increment();
  }

  long pulls() {
    return counts.getOrDefault(Count.PULLS, new LongAdder()).sum();
  }

  /** What was done, for whoever reads the build's output. */
  String summary() {
    return "%s, refused %d, killed %d times, objects purged %d"
        .formatted(new TreeMap<>(counts), refused.size(), registry.kills(), registry.purged());
  }
}
