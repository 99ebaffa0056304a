package dev.roadstead.registry;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.rule.ImmutabilityRule;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules about tags that stay where they are. They are read when a tag is about to move or to
 * go, and at no other time: neither a pull nor the push of a new tag pays for them. A rule holds
 * for whatever begins after it was added.
 */
public final class ImmutableTags {
  /** How many rules a registry has. */
  public static final int MAX_RULES = 50;

  private static final String RULES = "rules";

  private final Environment environment;

  /** The rules in these stores. */
  public ImmutableTags(Environment environment) {
    this.environment = environment;
  }

  /** All of them, in the order of their texts. */
  public List<ImmutabilityRule> rules() {
    return environment
        .metadata()
        .get(Keys.immutableTags(), Consistency.STRONG)
        .map(item -> item.names(RULES).stream().map(ImmutabilityRule::parse).toList())
        .orElse(List.of());
  }

  /** Which tags of a repository stay where they are; the rules are read at the first question. */
  Predicate<Tag> of(RepositoryName repository) {
    return new Predicate<>() {
      private Optional<List<ImmutabilityRule>> read = Optional.empty();

      @Override
      public boolean test(Tag tag) {
        var known = read.orElseGet(ImmutableTags.this::rules);
        read = Optional.of(known);
        return known.stream().anyMatch(rule -> rule.protects(repository, tag));
      }
    };
  }

  /**
   * Adds a rule; one that is there already changes nothing.
   *
   * @throws RegistryException {@code REQUEST_INVALID} when there are {@value #MAX_RULES}
   */
  public void add(ImmutabilityRule rule, Caller by, String network) {
    if (rules().size() >= MAX_RULES) {
      throw ErrorCode.REQUEST_INVALID.about(
          "there are " + MAX_RULES + " rules already; use wider patterns");
    }
    environment.metadata().write(Write.create(Item.at(Keys.immutableTags()).build()));
    change(Change.include(RULES, rule.text()), "add immutable tags", rule, by, network);
  }

  /**
   * Takes a rule back.
   *
   * @throws RegistryException {@code REQUEST_INVALID} when there is no such one
   */
  public void remove(ImmutabilityRule rule, Caller by, String network) {
    if (!rules().contains(rule)) {
      throw ErrorCode.REQUEST_INVALID.about("there is no such rule; see roadstead immutable list");
    }
    change(Change.exclude(RULES, rule.text()), "remove immutable tags", rule, by, network);
  }

  private void change(
      Change change, String what, ImmutabilityRule rule, Caller by, String network) {
    var update = new Write.Update(Keys.immutableTags(), List.of(change), Condition.NONE);
    var entry = new AuditEntry(environment.clock().millis(), by.name(), network, what, rule.text());
    var outcome = environment.metadata().transact(Transaction.of(update, entry.write(environment)));
    if (outcome instanceof Outcome.Refused) {
      throw new IllegalStateException("the record of the rules is gone");
    }
  }
}
