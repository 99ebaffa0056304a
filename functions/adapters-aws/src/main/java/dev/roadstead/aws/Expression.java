package dev.roadstead.aws;

import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The algebra's conditions and changes in DynamoDB's expression language. Names and values never
 * stand in the text, only placeholders for them: {@code #n0}, {@code :v0}.
 */
final class Expression {
  private static final String EXISTS = "attribute_exists(" + ItemCodec.PARTITION + ")";
  private static final String ABSENT = "attribute_not_exists(" + ItemCodec.PARTITION + ")";
  private static final String TRUE = "(" + EXISTS + " OR " + ABSENT + ")";
  private static final String FALSE = "(" + EXISTS + " AND " + ABSENT + ")";

  private final Map<String, String> placeholders = new HashMap<>();
  private final Map<String, AttributeValue> values = new HashMap<>();

  /** The clauses of an update, in the order in which they are written. */
  private enum Clause {
    SET,
    REMOVE,
    ADD,
    DELETE
  }

  /** What the placeholders of names stand for; the service takes no empty map. */
  Optional<Map<String, String>> names() {
    return Optional.of(placeholders)
        .filter(used -> !used.isEmpty())
        .map(Map::entrySet)
        .map(used -> used.stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey)));
  }

  /** What the placeholders of values stand for, likewise. */
  Optional<Map<String, AttributeValue>> values() {
    return Optional.of(Map.copyOf(values)).filter(used -> !used.isEmpty());
  }

  /** A condition as text; empty when it always holds. */
  Optional<String> condition(Condition condition) {
    var text = text(condition);
    return text.equals(TRUE) ? Optional.empty() : Optional.of(text);
  }

  /** A condition as text where there must be one. */
  String text(Condition condition) {
    return switch (condition) {
      case Condition.Exists() -> EXISTS;
      case Condition.Absent() -> ABSENT;
      case Condition.Is(String attribute, Value value) -> name(attribute) + " = " + value(value);
      case Condition.Above(String attribute, long number) ->
          name(attribute) + " > " + value(Value.of(number));
      case Condition.Has(String attribute) -> "attribute_exists(" + name(attribute) + ")";
      case Condition.Lacks(String attribute) -> "attribute_not_exists(" + name(attribute) + ")";
      case Condition.All(var conditions) -> joined(conditions, " AND ", TRUE);
      case Condition.Any(var conditions) -> joined(conditions, " OR ", FALSE);
    };
  }

  /** Leaves out what changes nothing, so that no condition becomes longer than it need be. */
  private String joined(List<Condition> conditions, String word, String neutral) {
    var texts = conditions.stream().map(this::text).filter(t -> !t.equals(neutral)).toList();
    return switch (texts.size()) {
      case 0 -> neutral;
      case 1 -> texts.getFirst();
      default -> texts.stream().collect(Collectors.joining(word, "(", ")"));
    };
  }

  /** Changes as text. */
  String update(List<Change> changes) {
    var clauses = new EnumMap<Clause, List<String>>(Clause.class);
    for (var change : changes) {
      var name = name(change.attribute());
      switch (change) {
        case Change.Put(String attribute, Value value) ->
            add(clauses, Clause.SET, name + " = " + value(value));
        case Change.Remove(String attribute) -> add(clauses, Clause.REMOVE, name);
        case Change.Add(String attribute, long delta) ->
            add(clauses, Clause.ADD, name + " " + value(Value.of(delta)));
        case Change.Include(String attribute, String member) ->
            add(clauses, Clause.ADD, name + " " + value(set(member)));
        case Change.Exclude(String attribute, String member) ->
            add(clauses, Clause.DELETE, name + " " + value(set(member)));
      }
    }
    return clauses.entrySet().stream()
        .map(clause -> clause.getKey() + " " + String.join(", ", clause.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static void add(Map<Clause, List<String>> clauses, Clause clause, String text) {
    clauses.computeIfAbsent(clause, first -> new ArrayList<>()).add(text);
  }

  private static Value set(String member) {
    return new Value.Names(new TreeSet<>(List.of(member)));
  }

  private String name(String attribute) {
    return placeholders.computeIfAbsent(attribute, first -> "#n" + placeholders.size());
  }

  private String value(Value value) {
    var placeholder = ":v" + values.size();
    values.put(placeholder, ItemCodec.encode(value));
    return placeholder;
  }
}
