package dev.roadstead.store;

import java.util.Optional;

/** Evaluates the condition tree on an item: for interpreters that do it in this process. */
public final class Conditions {
  private Conditions() {}

  /** Whether the condition holds of the item, or of its absence. */
  public static boolean hold(Condition condition, Optional<Item> item) {
    return switch (condition) {
      case Condition.Exists() -> item.isPresent();
      case Condition.Absent() -> item.isEmpty();
      case Condition.Is(String attribute, Value value) ->
          item.map(i -> value.equals(i.attributes().get(attribute))).orElse(false);
      case Condition.Above(String attribute, long number) ->
          item.map(i -> i.numberIfAny(attribute).orElse(Long.MIN_VALUE) > number).orElse(false);
      case Condition.Has(String attribute) -> item.map(i -> i.has(attribute)).orElse(false);
      case Condition.Lacks(String attribute) -> item.map(i -> !i.has(attribute)).orElse(true);
      case Condition.All(var conditions) -> conditions.stream().allMatch(c -> hold(c, item));
      case Condition.Any(var conditions) -> conditions.stream().anyMatch(c -> hold(c, item));
    };
  }
}
