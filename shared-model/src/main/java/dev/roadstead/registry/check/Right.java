package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one record must be, beside what it is. Attributes that are not mentioned are nobody's
 * business here, and are left alone.
 *
 * <p>A count that is too high must not be lowered because of what a walk has seen: what it counts
 * may have come and gone meanwhile, and the record may look the same again. So the record is first
 * fenced with a mark that every change of the count removes; the next walk counts, and the count is
 * lowered only if the mark is still there. A crash in between leaves a mark, which the next check
 * takes for what it is.
 */
final class Right {
  /** What makes a count safe to lower: see {@code BlobRecord.FENCE}. */
  static final String BLOB_FENCE = "recount";

  private static final Set<String> COUNTS = Set.of("refs", "links", "tags", "parents");

  private final Key key;
  private final Optional<Item> actual;
  private final Map<String, Optional<Value>> attributes = new TreeMap<>();

  Right(Key key, Optional<Item> actual) {
    this.key = key;
    this.actual = actual;
  }

  /** What a value of an attribute must be like. */
  enum Form {
    TEXT,
    NUMBER,
    BYTES,
    NAMES,
    DIGEST,
    MEDIA_TYPE,
    OBJECT_KEY,
    REPOSITORY;

    boolean fits(Value value) {
      return switch (this) {
        case TEXT -> value instanceof Value.Text;
        case NUMBER -> value instanceof Value.Whole(long number) && number >= 0;
        case BYTES -> value instanceof Value.Bytes;
        case NAMES -> value instanceof Value.Names;
        case DIGEST -> value instanceof Value.Text(String text) && is(Digest::parse, text);
        case MEDIA_TYPE -> value instanceof Value.Text(String text) && is(MediaType::new, text);
        case OBJECT_KEY -> value instanceof Value.Text(String text) && is(ObjectKey::new, text);
        case REPOSITORY ->
            value instanceof Value.Text(String text) && is(RepositoryName::new, text);
      };
    }

    private static boolean is(Consumer<String> parser, String text) {
      try {
        parser.accept(text);
        return true;
      } catch (IllegalArgumentException other) {
        return false;
      }
    }
  }

  /** The attribute as it is, if it is of this type. */
  static Optional<Value> valid(Optional<Item> item, String attribute, Form form) {
    return item.map(i -> i.attributes().get(attribute)).filter(form::fits);
  }

  /** The same, of a text. */
  static Optional<String> text(Optional<Item> item, String attribute, Form form) {
    return valid(item, attribute, form)
        .flatMap(v -> v instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty());
  }

  /** The same, of a number. */
  static Optional<Long> number(Optional<Item> item, String attribute) {
    return valid(item, attribute, Form.NUMBER)
        .flatMap(v -> v instanceof Value.Whole(long n) ? Optional.of(n) : Optional.empty());
  }

  Right is(String attribute, Value value) {
    attributes.put(attribute, Optional.of(value));
    return this;
  }

  Right is(String attribute, String text) {
    return is(attribute, Value.of(text));
  }

  Right is(String attribute, long number) {
    return is(attribute, Value.of(number));
  }

  Right lacks(String attribute) {
    attributes.put(attribute, Optional.empty());
    return this;
  }

  /** Any value of this type is right; if there is none, this one. */
  Right any(String attribute, Form form, Value otherwise) {
    return is(attribute, valid(actual, attribute, form).orElse(otherwise));
  }

  /** Any value of this type is right, and none as well. */
  Right maybe(String attribute, Form form) {
    attributes.put(attribute, valid(actual, attribute, form));
    return this;
  }

  /**
   * Whether the collector has to look at the record; if it need not, it may all the same.
   *
   * @param atSeconds when, if nothing valid is said
   */
  Right hint(Hint.Kind kind, boolean needed, long atSeconds) {
    var queue = Hint.queue(kind, key);
    boolean valid =
        text(actual, Hint.QUEUE, Form.TEXT).equals(Optional.of(queue))
            && number(actual, Hint.AT).isPresent();
    if (valid) {
      return maybe(Hint.QUEUE, Form.TEXT).maybe(Hint.AT, Form.NUMBER);
    }
    return needed
        ? is(Hint.QUEUE, queue).any(Hint.AT, Form.NUMBER, Value.of(atSeconds))
        : lacks(Hint.QUEUE).lacks(Hint.AT);
  }

  /** The whole record, for one that is missing. */
  Item whole() {
    var item = Item.at(key);
    attributes.forEach((name, value) -> value.ifPresent(v -> item.with(name, v)));
    return item.build();
  }

  private Optional<Value> now(String attribute) {
    return actual.map(item -> item.attributes().get(attribute));
  }

  private List<String> wrong() {
    return attributes.keySet().stream()
        .filter(name -> !now(name).equals(attributes.get(name)))
        .toList();
  }

  /** What is wrong, for people; empty when nothing is. */
  Optional<String> problem() {
    return wrong().stream().map(this::words).reduce((a, b) -> a + "; " + b);
  }

  /** That none of the attributes that matter has changed since it was read. */
  Condition unchanged() {
    var conditions = new ArrayList<Condition>();
    conditions.add(Condition.exists());
    for (var name : attributes.keySet()) {
      conditions.add(
          now(name).map(value -> Condition.is(name, value)).orElse(Condition.lacks(name)));
    }
    return Condition.all(conditions.toArray(Condition[]::new));
  }

  /**
   * The difference, if there is one.
   *
   * @param run what this run of the check marks its fences with
   */
  Optional<Finding> difference(Stage stage, String subject, String run) {
    if (actual.isEmpty()) {
      return Optional.of(new Finding(stage, subject, "is missing", List.of(Write.create(whole()))));
    }
    var wrong = wrong();
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    var problem = problem().orElseThrow();
    if (wrong.stream().anyMatch(this::isTooHigh) && !isFenced(run)) {
      var fence = new Write.Update(key, List.of(Change.put(fence(), run)), unchanged());
      return Optional.of(new Finding(Stage.LOWER, subject, problem, List.of(fence)));
    }
    var changes = new ArrayList<Change>();
    for (var name : wrong) {
      var right = attributes.getOrDefault(name, Optional.empty());
      changes.add(
          right.<Change>map(value -> new Change.Put(name, value)).orElse(Change.remove(name)));
    }
    var update = new Write.Update(key, changes, unchanged());
    return Optional.of(new Finding(stage, subject, problem, List.of(update)));
  }

  private boolean isTooHigh(String name) {
    var counted = attributes.getOrDefault(name, Optional.empty());
    return COUNTS.contains(name)
        && now(name).isPresent()
        && now(name).get() instanceof Value.Whole(long is)
        && counted.isPresent()
        && counted.get() instanceof Value.Whole(long right)
        && is > right;
  }

  /** Hints change with every count but that of a blob's links. */
  private String fence() {
    return attributes.containsKey("links") ? BLOB_FENCE : Hint.QUEUE;
  }

  private boolean isFenced(String run) {
    return now(fence()).equals(Optional.of(Value.of(run)));
  }

  private String words(String name) {
    var right = attributes.getOrDefault(name, Optional.empty());
    var is = now(name);
    if (is.isEmpty()) {
      return name + " is missing";
    }
    return right.isEmpty()
        ? name + " should not be there"
        : name + " is " + shown(is.get()) + ", right is " + shown(right.get());
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Text(String text) -> '"' + text + '"';
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Bytes bytes -> bytes.sizeBytes() + " bytes";
      case Value.Names(var names) -> names.toString();
    };
  }
}
