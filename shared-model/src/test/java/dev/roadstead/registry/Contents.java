package dev.roadstead.registry;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything the metadata store holds, sorted by kind; read by its keys alone, with no code of the
 * protocols. Names within a repository are written {@code repository!name}.
 *
 * @param progress of manifests that are half-way put or deleted
 * @param stripes further counters of links, and doors of repositories
 * @param strangers items of no known kind
 */
record Contents(
    Map<String, Item> tags,
    Map<String, Item> moves,
    Map<String, Item> manifests,
    Map<String, Item> bodies,
    Map<String, Item> links,
    Map<String, Item> referrers,
    Map<String, Item> sessions,
    Map<String, Item> orphans,
    Map<String, Item> tombstones,
    Map<String, Item> progress,
    Map<String, Item> repositories,
    Map<String, Item> catalog,
    Map<String, Item> blobs,
    Map<String, Item> trash,
    Map<String, Item> stripes,
    List<Item> strangers) {
  private static final String DIGEST = "sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})";

  static Contents of(List<Item> items) {
    var tags = kind(items, "R#([^#]+)#T", ".+", m -> m.group(1) + "!" + m.group(2));
    var moves = kind(items, "R#([^#]+)#H#([^#]+)", "[0-9]{16}", Contents::all);
    var manifests = kind(items, "R#([^#]+)#M[0-9a-f]", DIGEST, m -> m.group(1) + "!" + m.group(2));
    var bodies =
        kind(items, "R#([^#]+)#M[0-9a-f]", DIGEST + "#B", m -> m.group(1) + "!" + m.group(2));
    var links = kind(items, "R#([^#]+)#B[0-9a-f]", DIGEST, m -> m.group(1) + "!" + m.group(2));
    var referrers =
        kind(items, "R#([^#]+)#S#(" + DIGEST + ")", "[0-9a-f]{8}#" + DIGEST, Contents::all);
    var sessions = kind(items, "R#([^#]+)#U", "[0-9a-f-]{36}", m -> m.group(1) + "!" + m.group(2));
    var orphans = kind(items, "R#([^#]+)#O", "[0-9a-f-]{36}", m -> m.group(1) + "!" + m.group(2));
    var tombstones = kind(items, "R#([^#]+)#Z", "[0-9]+#" + DIGEST, Contents::all);
    var progress = kind(items, "R#([^#]+)#P", DIGEST, m -> m.group(1) + "!" + m.group(2));
    var repositories = kind(items, "R#([^#]+)", "A", m -> m.group(1));
    var catalog = kind(items, "C", ".+", m -> m.group(1));
    var blobs = kind(items, "B#(" + DIGEST + ")", "B", m -> m.group(1));
    var trash = kind(items, "X#(.+)", ".+", Contents::all);
    var stripes = kind(items, "R#[^#]+(?:#B[0-9a-f])?#~[0-7]", "A|" + DIGEST, Contents::all);
    var known =
        Stream.of(tags, moves, manifests, bodies, links, referrers, sessions, tombstones, progress)
            .flatMap(kind -> kind.values().stream());
    var others =
        Stream.of(repositories, catalog, blobs, trash, orphans, stripes)
            .flatMap(kind -> kind.values().stream());
    var sorted = Stream.concat(known, others).toList();
    return new Contents(
        tags,
        moves,
        manifests,
        bodies,
        links,
        referrers,
        sessions,
        orphans,
        tombstones,
        progress,
        repositories,
        catalog,
        blobs,
        trash,
        stripes,
        items.stream()
            .filter(item -> !sorted.contains(item) && !item.key().partition().equals("G"))
            .filter(item -> !item.key().partition().matches("(A|AR|V|VB|PF)#.*|P"))
            .filter(item -> !item.key().sort().equals("D"))
            .toList());
  }

  private static String all(Matcher keys) {
    return keys.group();
  }

  private static Map<String, Item> kind(
      List<Item> items, String partition, String sort, Function<Matcher, String> name) {
    var pattern = Pattern.compile(partition + "!(" + sort + ")");
    var found = new TreeMap<String, Item>();
    for (var item : items) {
      var matcher = pattern.matcher(item.key().partition() + "!" + item.key().sort());
      if (matcher.matches()) {
        found.put(name.apply(matcher), item);
      }
    }
    return found;
  }

  /** The repository in {@code repository!name}. */
  static String repository(String name) {
    return name.substring(0, name.indexOf('!'));
  }

  /** What stands behind it. */
  static String last(String name) {
    return name.substring(name.indexOf('!') + 1);
  }

  static String text(Item item, String attribute) {
    return item.textIfAny(attribute).orElse("");
  }

  static long number(Item item, String attribute) {
    return item.numberIfAny(attribute).orElse(0);
  }

  /** Whether the collector will find it. */
  static boolean isHinted(Item item) {
    return item.has("gcQueue") && item.has("gcAt");
  }

  Optional<Item> manifest(String repository, String digest) {
    return Optional.ofNullable(manifests.get(repository + "!" + digest));
  }

  /** The stripes of a link or a repository. */
  List<Item> stripesOf(Item record) {
    return stripes.values().stream()
        .filter(stripe -> stripe.key().sort().equals(record.key().sort()))
        .filter(stripe -> stripe.key().partition().startsWith(record.key().partition() + "#~"))
        .toList();
  }

  /** How many manifests name a link, as all its records say. */
  long refs(Item link) {
    return number(link, "refs") + stripesOf(link).stream().mapToLong(s -> number(s, "refs")).sum();
  }

  /** Whether what says that it has stripes has all of them, and nothing else any. */
  boolean stripesAreWhole() {
    var spread =
        Stream.of(links, repositories)
            .flatMap(kind -> kind.values().stream())
            .filter(record -> record.has("stripes"))
            .toList();
    return stripes.size() == 8 * spread.size()
        && spread.stream()
            .allMatch(record -> stripesOf(record).size() == number(record, "stripes"));
  }

  /** How far a manifest is put or deleted; an empty item when it is not half-way. */
  Item progressOf(String repository, String digest) {
    var none = Item.at(new Key("none", "none")).build();
    return progress.getOrDefault(repository + "!" + digest, none);
  }
}
