package dev.roadstead.registry.check;

import dev.roadstead.store.Key;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of record, told by their keys alone. */
enum Kind {
  REPOSITORY("repositories", "R#(<name>)", "A"),
  DELETED_REPOSITORY("deleted repositories", "R#(<name>)", "D"),
  CATALOG("catalog entries", "C", "(<name>)"),
  TAG("tags", "R#(<name>)#T", "(<tag>)"),
  MOVE("tag moves", "R#(<name>)#H#(<tag>)", "([0-9]{16})"),
  MANIFEST("manifests", "R#(<name>)#M[0-9a-f]", "(<digest>)"),
  BODY("manifest bodies", "R#(<name>)#M[0-9a-f]", "(<digest>)#B"),
  LINK("links", "R#(<name>)#B[0-9a-f]", "(<digest>)"),
  STRIPE("stripes", "(R#<name>(?:#B[0-9a-f])?)#~([0-7])", "(A|<digest>)"),
  REFERRER("referrers", "R#(<name>)#S#(<digest>)", "([0-9a-f]{8}#<digest>)"),
  ORPHAN("orphans of uploads", "R#(<name>)#O", "(<uuid>)"),
  SESSION("upload sessions", "R#(<name>)#U", "(<uuid>)"),
  PROGRESS("half-way manifests", "R#(<name>)#P", "(<digest>)"),
  TOMBSTONE("tombstones", "R#(<name>)#Z", "([0-9]{16}#<digest>)"),
  COLLECTOR("collector", "G", "(collector)"),
  CHECK("checks", "G", "(check)"),
  IMMUTABLE_TAGS("immutable tags", "G", "(immutable)"),
  RELAY("relays", "G", "(relay)"),
  ACCOUNT("accounts", "P", "(<account>)"),
  FAILED_LOGINS("failed logins", "PF#(<account>)", "(-|[0-9a-f]+)"),
  AUDIT("audit entries", "A#(-?[0-9]{1,12})", "([0-9]{16}#<uuid>)"),
  REFUSALS("minutes with refusals", "AR#(-?[0-9]{1,12})", "([0-9]{4})"),
  PULLS("counts of pulls", "V#([0-9]{1,13})", "(<name>#<digest>)"),
  PULL_BATCH("counted batches of pulls", "VB#([0-9]{1,13})", "(<uuid>)"),
  BLOB("blobs", "B#(<digest>)", "B"),
  TRASH("trash", "X#(<digest>|<uuid>)", "([A-Za-z0-9_/-]+)");

  /** Between the names that one record has; in none of them. */
  static final String BETWEEN = "!";

  private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+";
  private static final String NAME = COMPONENT + "(?:/" + COMPONENT + ")*+";
  private static final String TAG_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
  private static final String DIGEST = "sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})";
  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String ACCOUNT_NAME = "[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?";

  private final String words;
  private final Pattern keys;

  Kind(String words, String partition, String sort) {
    this.words = words;
    this.keys = Pattern.compile(grammar(partition + BETWEEN + sort));
  }

  private static String grammar(String template) {
    return template
        .replace("<name>", NAME)
        .replace("<tag>", TAG_NAME)
        .replace("<digest>", DIGEST)
        .replace("<uuid>", UUID)
        .replace("<account>", ACCOUNT_NAME);
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

  /** The kind of a record; empty for one that nobody here has made. */
  static Optional<Named> of(Key key) {
    return Stream.of(values()).flatMap(kind -> kind.named(key).stream()).findFirst();
  }

  private Optional<Named> named(Key key) {
    var matcher = keys.matcher(key.partition() + BETWEEN + key.sort());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var name =
        IntStream.rangeClosed(1, matcher.groupCount())
            .mapToObj(matcher::group)
            .collect(Collectors.joining(BETWEEN));
    return Optional.of(new Named(this, name));
  }
}
