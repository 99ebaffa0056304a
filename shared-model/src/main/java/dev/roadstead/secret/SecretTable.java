package dev.roadstead.secret;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Write;
import java.util.Optional;

/**
 * Where the secrets lie: one item in a table that has nothing else, so that the right to read the
 * registry's own table is not one to read keys.
 */
public final class SecretTable {
  private final MetadataStore table;

  /** In this table. */
  public SecretTable(MetadataStore table) {
    this.table = table;
  }

  /** What is there now; empty before the first deployment. */
  public Optional<Secrets> read() {
    return table.get(Secrets.KEY, Consistency.STRONG).map(Secrets::of);
  }

  /** Puts the next generation in the place of the one before; false when somebody else did. */
  public boolean replace(Secrets next) {
    var before =
        next.generation() == 1
            ? Condition.absent()
            : Condition.is(Secrets.GENERATION, next.generation() - 1);
    return !(table.write(new Write.Put(next.item(), before)) instanceof Outcome.Refused);
  }
}
