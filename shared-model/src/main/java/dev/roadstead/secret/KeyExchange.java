package dev.roadstead.secret;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes the first keys of an installation, and exchanges them when they are old. One conditional
 * write: two of these at once make one exchange, and one that dies has made it or not.
 */
public final class KeyExchange {
  /** How old keys are when they are exchanged. Long beside {@link CurrentSecrets#LIFE}. */
  public static final Duration PERIOD = Duration.ofDays(30);

  private final SecretTable table;
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * Exchanges the keys in this table.
   *
   * @param random where keys come from; nobody can guess it
   */
  public KeyExchange(SecretTable table, RandomGenerator random, InstantSource clock) {
    this.table = table;
    this.random = random;
    this.clock = clock;
  }

  /** Where the keys lie. */
  public SecretTable table() {
    return table;
  }

  /**
   * Exchanges keys that are older than {@link #PERIOD}, and makes the first ones. The edge has to
   * know what is in the table already: it may be one exchange behind, never two.
   *
   * @return whether there are new ones, be they from here or from somebody else at the same moment
   */
  public boolean run() {
    long now = clock.instant().getEpochSecond();
    var known = table.read();
    if (known.filter(keys -> now - keys.madeAtSeconds() < PERIOD.toSeconds()).isPresent()) {
      return false;
    }
    var next =
        known.map(keys -> keys.exchanged(random, now)).orElseGet(() -> Secrets.first(random, now));
    // Refused: somebody else was quicker, and theirs are as good.
    var _ = table.replace(next);
    return true;
  }
}
