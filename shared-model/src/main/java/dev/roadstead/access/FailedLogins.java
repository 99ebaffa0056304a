package dev.roadstead.access;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Network;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.time.Duration;

/**
 * Slows guessing down. Failures are counted by account and network together, so that nobody can
 * lock somebody else's account from elsewhere. The count lies in the store, where all functions see
 * it; two failures at one moment may count as one.
 */
final class FailedLogins {
  /** How many failures are free. */
  static final int FREE = 5;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MAX_DOUBLINGS = 8;

  private static final String COUNT = "failures";
  private static final String UNTIL = "until";
  private static final String EXPIRES_AT = "expiresAt";

  private final Environment environment;

  FailedLogins(Environment environment) {
    this.environment = environment;
  }

  /** Refuses with 429 while an account is locked for a network; true if it has failed before. */
  boolean check(String account, String address) {
    var item = environment.metadata().get(key(account, address), Consistency.STRONG);
    long now = environment.nowSeconds();
    long until = item.flatMap(i -> i.numberIfAny(UNTIL).stream().boxed().findFirst()).orElse(0L);
    if (until > now) {
      throw ErrorCode.TOO_MANY_REQUESTS
          .about("too many failed logins; try again in " + (until - now) + " s")
          .with("Retry-After", String.valueOf(until - now));
    }
    return item.isPresent();
  }

  /** Counts one more. */
  void count(String account, String address) {
    var key = key(account, address);
    long now = environment.nowSeconds();
    var item = environment.metadata().get(key, Consistency.STRONG);
    boolean fresh = item.filter(i -> i.number(EXPIRES_AT) > now).isEmpty();
    long failures = fresh ? 1 : item.get().number(COUNT) + 1;
    var next =
        Item.at(key)
            .with(COUNT, failures)
            .with(UNTIL, failures < FREE ? 0 : now + waitSeconds(failures))
            .with(EXPIRES_AT, now + REMEMBERED.toSeconds())
            .build();
    environment.metadata().write(new Write.Put(next, Condition.NONE));
  }

  private static long waitSeconds(long failures) {
    long doublings = Math.min(failures - FREE, MAX_DOUBLINGS);
    return Math.min(FIRST_WAIT.toSeconds() << doublings, LONGEST_WAIT.toSeconds());
  }

  /** Forgets them, after a login that went well. */
  void forget(String account, String address) {
    environment.metadata().write(new Write.Delete(key(account, address), Condition.NONE));
  }

  private static Key key(String account, String address) {
    return Keys.failedLogins(account, Network.around(address));
  }
}
