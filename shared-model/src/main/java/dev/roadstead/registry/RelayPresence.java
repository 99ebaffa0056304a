package dev.roadstead.registry;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Whether a relay that sleeps is awake, by its own word: it announces itself again and again, and
 * takes that back before it goes to sleep. Nothing rests on it: who believes a relay awake that is
 * not has an upload fail, which the client repeats.
 */
public final class RelayPresence {
  /** How often a relay announces itself. */
  public static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  /** How long one announcement holds, if the relay dies and cannot take it back. */
  static final Duration LIFE = Duration.ofSeconds(15);

  private static final String UNTIL = "until";

  private final MetadataStore metadata;
  private final InstantSource clock;

  /** The presence that this store knows of. */
  public RelayPresence(MetadataStore metadata, InstantSource clock) {
    this.metadata = metadata;
    this.clock = clock;
  }

  /** Whether there is a relay that takes streams. */
  public boolean isAwake() {
    return metadata
        .get(Keys.relay(), Consistency.STRONG)
        .filter(item -> item.number(UNTIL) > clock.instant().getEpochSecond())
        .isPresent();
  }

  /** The relay takes streams from now on. */
  public void announce() {
    var until = clock.instant().plus(LIFE).getEpochSecond();
    var _ =
        metadata.write(
            new Write.Put(Item.at(Keys.relay()).with(UNTIL, until).build(), Condition.NONE));
  }

  /** The relay is about to go, and whoever needs it has to wake it. */
  public void withdraw() {
    var _ = metadata.write(new Write.Delete(Keys.relay(), Condition.NONE));
  }
}
