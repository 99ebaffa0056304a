package dev.roadstead.registry.check;

import dev.roadstead.store.Key;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of record, told by their keys alone. */
enum Kind {
  REPOSITORY("repositories", "R#([^#]+)", "(A)"),
  DELETED_REPOSITORY("deleted repositories", "R#([^#]+)", "(D)"),
  CATALOG("catalog entries", "C", "(.+)"),
  TAG("tags", "R#([^#]+)#T", "(.+)"),
  MOVE("tag moves", "R#([^#]+)#H#([^#]+)", "([0-9]{16})"),
  MANIFEST("manifests", "R#([^#]+)#M[0-9a-f]", "(" + Kind.DIGEST + ")"),
  BODY("manifest bodies", "R#([^#]+)#M[0-9a-f]", "(" + Kind.DIGEST + ")#B"),
  LINK("links", "R#([^#]+)#B[0-9a-f]", "(" + Kind.DIGEST + ")"),
  REFERRER("referrers", "R#([^#]+)#S#(" + Kind.DIGEST + ")", "([0-9a-f]{8}#" + Kind.DIGEST + ")"),
  ORPHAN("orphans of uploads", "R#([^#]+)#O", "([0-9a-f-]{36})"),
  SESSION("upload sessions", "R#([^#]+)#U", "([0-9a-f-]{36})"),
  PROGRESS("half-way manifests", "R#([^#]+)#P", "(" + Kind.DIGEST + ")"),
  TOMBSTONE("tombstones", "R#([^#]+)#Z", "([0-9]{16}#" + Kind.DIGEST + ")"),
  COLLECTOR("collector", "G", "(collector)"),
  BLOB("blobs", "B#(" + Kind.DIGEST + ")", "B"),
  TRASH("trash", "X#(.+)", "(.+)");

  static final String DIGEST = "sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})";

  /** Between the names that one record has; in none of them. */
  static final String BETWEEN = "!";

  private final String words;
  private final Pattern keys;

  Kind(String words, String partition, String sort) {
    this.words = words;
    this.keys = Pattern.compile(partition + BETWEEN + sort);
  }

  /** What people call them. */
  String words() {
    return words;
  }

  /**
   * A record's kind and its names: repository, and what it is called there, with {@value #BETWEEN}
   * between them.
   */
  record Named(Kind kind, String name) {}

  /** The kind of a record; empty for one that belongs to another part of the registry. */
  static Optional<Named> of(Key key) {
    return Stream.of(values()).flatMap(kind -> kind.named(key).stream()).findFirst();
  }

  private Optional<Named> named(Key key) {
    var matcher = keys.matcher(key.partition() + BETWEEN + key.sort());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var names =
        IntStream.rangeClosed(1, matcher.groupCount())
            .mapToObj(matcher::group)
            .filter(name -> !(name.equals("A") && this == REPOSITORY))
            .filter(name -> !(name.equals("D") && this == DELETED_REPOSITORY))
            .toList();
    return Optional.of(new Named(this, String.join(BETWEEN, names)));
  }
}
