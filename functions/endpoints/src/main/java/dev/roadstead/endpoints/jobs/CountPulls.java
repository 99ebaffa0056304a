package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.store.StoreException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code count-pulls}: whoever sees pulls counts them here, in the process, and a run
 * stores what has come together. So no pull waits for a write, and a process that is killed takes
 * with it what it has counted since the last run.
 */
public final class CountPulls {
  /** How many different manifests are counted between two runs. */
  public static final int MAX_MANIFESTS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(CountPulls.class);

  private final Pulls pulls;
  private Map<Pulled, Long> counts = new HashMap<>();
  private long uncounted;

  private record Pulled(long day, Pull pull) {}

  /** Stores them here. */
  public CountPulls(Pulls pulls) {
    this.pulls = pulls;
  }

  /**
   * Counts a pull; tells whether there had better be a run soon. Until then pulls of further
   * manifests are only told of in the log.
   */
  public synchronized boolean add(Pull pull, long atMillis) {
    var pulled = new Pulled(PullCount.dayOf(atMillis), pull);
    if (counts.size() < MAX_MANIFESTS || counts.containsKey(pulled)) {
      counts.merge(pulled, 1L, Long::sum);
    } else {
      uncounted++;
    }
    return counts.size() >= MAX_MANIFESTS;
  }

  /**
   * Stores what was counted since the last run.
   *
   * @throws StoreException when the store cannot answer; what it has not taken is kept for the next
   *     run, and one count of that may have been taken all the same
   */
  public void run() {
    var left = new ArrayDeque<>(take().entrySet());
    try {
      while (!left.isEmpty()) {
        var count = left.element();
        var pull = count.getKey().pull();
        pulls.add(
            new PullCount(
                count.getKey().day(), pull.repository(), pull.digest(), count.getValue()));
        left.remove();
      }
    } finally {
      putBack(left);
    }
  }

  private synchronized Map<Pulled, Long> take() {
    if (uncounted > 0) {
      LOG.warn("pulls of more than {} manifests at once: uncounted={}", MAX_MANIFESTS, uncounted);
      uncounted = 0;
    }
    var taken = counts;
    counts = new HashMap<>();
    return taken;
  }

  private synchronized void putBack(Collection<Map.Entry<Pulled, Long>> left) {
    left.forEach(count -> counts.merge(count.getKey(), count.getValue(), Long::sum));
  }
}
