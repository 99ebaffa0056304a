package dev.roadstead.secret;

import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The secrets as a function has them: read at its first use, and again when an hour has passed,
 * which in a copy of an old snapshot is at once. An hour late is harmless ({@link Ring}); while the
 * table does not answer, what is known goes on.
 */
public final class CurrentSecrets {
  /** How long a function believes what it has read. */
  public static final Duration LIFE = Duration.ofHours(1);

  private static final Duration NEXT_TRY = Duration.ofMinutes(1);

  private final SecretTable table;
  private final InstantSource clock;
  private volatile Optional<Known> known = Optional.empty();

  private record Known(Secrets secrets, long untilSeconds) {}

  /** Those in this table. */
  public CurrentSecrets(SecretTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * What holds now.
   *
   * @throws StoreException when the table does not answer, or has nothing, and nothing was read
   *     before
   */
  public Secrets get() {
    long now = clock.instant().getEpochSecond();
    var before = known;
    var fresh = before.filter(each -> now < each.untilSeconds()).orElseGet(() -> read(before, now));
    known = Optional.of(fresh);
    return fresh.secrets();
  }

  private Known read(Optional<Known> before, long now) {
    try {
      var read =
          table
              .read()
              .orElseThrow(
                  () -> new StoreException("there are no keys: a deployment makes them first"));
      return new Known(read, now + LIFE.toSeconds());
    } catch (StoreException silent) {
      var kept = before.orElseThrow(() -> silent);
      return new Known(kept.secrets(), now + NEXT_TRY.toSeconds());
    }
  }
}
