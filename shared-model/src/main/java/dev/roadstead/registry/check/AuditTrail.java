package dev.roadstead.registry.check;

import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.DayKeys;
import dev.roadstead.registry.Days;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Item;
import dev.roadstead.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the audit log says, entry by entry: there may be more of them than memory holds, so all that
 * is kept is which are damaged, and which accounts were added.
 */
final class AuditTrail {
  private static final Set<String> ADDS_ACCOUNT =
      Set.of("add administrator", "add user", "add robot", "add group");

  private final Map<String, String> flaws = new TreeMap<>();
  private final Set<String> accounts = new TreeSet<>();
  private int entries;

  /** Takes an entry in. */
  void add(Item entry) {
    entries++;
    var flaws = flaws(entry);
    if (!flaws.isEmpty()) {
      this.flaws.put(
          entry.key().partition() + " / " + entry.key().sort(), String.join("; ", flaws));
    }
    if (ADDS_ACCOUNT.contains(entry.textIfAny("what").orElse(""))) {
      entry.textIfAny("about").ifPresent(accounts::add);
    }
  }

  /** When it happened is in the key too, and its end follows from that. */
  private static List<String> flaws(Item entry) {
    var item = Optional.of(entry);
    var flaws = new ArrayList<String>();
    long atMillis = AuditEntry.atMillis(entry.key());
    if (!entry.key().partition().equals(DayKeys.audit(Days.of(atMillis)))) {
      flaws.add("it lies under another day");
    }
    var right =
        new Right(entry.key(), item)
            .is("atMillis", atMillis)
            .is("expiresAt", atMillis / 1000 + AuditEntry.LIFE.toSeconds());
    for (var text : List.of("who", "network", "what", "about")) {
      right.any(text, Form.TEXT, Value.of("a text"));
    }
    if (entry.has("repository")) {
      right.any("repository", Form.REPOSITORY, Value.of("a repository"));
    }
    right.problem().ifPresent(flaws::add);
    return flaws;
  }

  int entries() {
    return entries;
  }

  /** What is wrong with which entry. */
  Map<String, String> flaws() {
    return flaws;
  }

  /** The accounts that were added, as far as the log goes back; none is ever deleted. */
  Set<String> accounts() {
    return accounts;
  }
}
