package dev.roadstead.access;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Network;
import dev.roadstead.route.Method;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests somebody may make: each account, and each network without one. Every request to
 * a function counts, but only those are refused that clients repeat: a push whose {@code PATCH} or
 * {@code PUT} is refused fails for good. Counted in memory, so that no request costs a write: by
 * the one process that all requests pass, before any function.
 */
public final class RateLimits {
  /** How many callers are remembered; then all are forgotten, which lets them through. */
  private static final int MAX_CALLERS = 10_000;

  private static final double MILLIS_A_MINUTE = 60_000;

  private final int perMinute;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /** What is left, and when it was counted. */
  private record Bucket(double left, long atMillis) {}

  private RateLimits(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * So many requests in a minute, which may come all at once; {@link IllegalArgumentException} for
   * less than one.
   */
  public static RateLimits of(int perMinute, InstantSource clock) {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a limit is at least one request a minute");
    }
    return new RateLimits(perMinute, clock);
  }

  /**
   * Counts a request.
   *
   * @param network the address it comes from, as numbers
   * @throws RegistryException {@code TOO_MANY_REQUESTS} with {@code Retry-After}
   */
  public void count(Method method, Caller caller, String network) {
    if (caller.equals(Caller.OPERATOR)) {
      return;
    }
    double left = take(key(caller, network), clock.millis());
    if (left < 0 && isRepeated(method)) {
      long seconds = (long) Math.ceil(-left * MILLIS_A_MINUTE / perMinute / 1000);
      throw ErrorCode.TOO_MANY_REQUESTS
          .about("more than " + perMinute + " requests in a minute; try again in " + seconds + " s")
          .with("Retry-After", String.valueOf(seconds));
    }
  }

  /** What is left after one more; when that is negative there was none, and it is not counted. */
  private synchronized double take(String key, long nowMillis) {
    if (buckets.size() >= MAX_CALLERS && !buckets.containsKey(key)) {
      buckets.clear();
    }
    var before = buckets.getOrDefault(key, new Bucket(perMinute, nowMillis));
    double back = Math.max(0, nowMillis - before.atMillis()) * perMinute / MILLIS_A_MINUTE;
    double left = Math.min(perMinute, before.left() + back) - 1;
    buckets.put(key, new Bucket(left < 0 ? left + 1 : left, nowMillis));
    return left;
  }

  private static boolean isRepeated(Method method) {
    return switch (method) {
      case GET, HEAD, POST -> true;
      case PUT, PATCH, DELETE -> false;
    };
  }

  private static String key(Caller caller, String network) {
    return caller.isAnonymous() ? "network " + Network.around(network) : "account " + caller.name();
  }
}
