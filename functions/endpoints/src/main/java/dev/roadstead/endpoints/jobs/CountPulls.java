package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.registry.PullBatch;
import dev.roadstead.registry.Pulls;
import dev.roadstead.store.Ids;
import dev.roadstead.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code count-pulls}: stores pulls together, so that none waits for a write. Whoever sees
 * pulls counts them here, in the process, and one that is killed takes with it what it has counted
 * since the last run; or they come as lines of a log.
 */
public final class CountPulls {
  /** How many different manifests are counted between two runs. */
  public static final int MAX_MANIFESTS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(CountPulls.class);

  private final Pulls pulls;
  private final Ids ids;
  private Map<Pulled, Long> counts = new HashMap<>();
  private long uncounted;

  /** Held while pulls are stored, for which no pull waits. */
  private final ReentrantLock storing = new ReentrantLock();

  /** What is being stored; stays the same until it is known that it is. */
  private final Deque<PullBatch> batches = new ArrayDeque<>();

  /**
   * Stores them here.
   *
   * @param ids what batches are told apart by
   */
  public CountPulls(Pulls pulls, Ids ids) {
    this.pulls = pulls;
    this.ids = ids;
  }

  /**
   * Counts a pull; tells whether there had better be a run soon. Until then pulls of further
   * manifests are only told of in the log.
   */
  public synchronized boolean add(Pull pull, long atMillis) {
    var pulled = Pulled.of(pull, atMillis);
    if (counts.size() < MAX_MANIFESTS || counts.containsKey(pulled)) {
      counts.merge(pulled, 1L, Long::sum);
    } else {
      uncounted++;
    }
    return counts.size() >= MAX_MANIFESTS;
  }

  /**
   * Stores what was counted since the last run, after what that one has left.
   *
   * @throws StoreException when the store cannot answer; what it may not have taken is kept for the
   *     next run, and no pull counts twice
   */
  public void run() {
    storing.lock();
    try {
      store();
      batches.addAll(take());
      store();
    } finally {
      storing.unlock();
    }
  }

  /**
   * Stores the pulls among these lines. When the same lines come again, only what is not stored
   * already is.
   *
   * @throws StoreException when the store cannot answer; whoever has sent them sends them again
   */
  public void run(LogBatch logged) {
    LoggedPulls.batches(logged).forEach(pulls::add);
  }

  private void store() {
    while (!batches.isEmpty()) {
      pulls.add(batches.element());
      batches.remove();
    }
  }

  private synchronized List<PullBatch> take() {
    if (uncounted > 0) {
      LOG.warn("pulls of more than {} manifests at once: uncounted={}", MAX_MANIFESTS, uncounted);
      uncounted = 0;
    }
    var taken =
        counts.entrySet().stream().map(each -> each.getKey().times(each.getValue())).toList();
    counts = new HashMap<>();
    var made = new ArrayList<PullBatch>();
    for (int from = 0; from < taken.size(); from += PullBatch.MAX_COUNTS) {
      int to = Math.min(from + PullBatch.MAX_COUNTS, taken.size());
      made.add(new PullBatch(ids.next(), taken.subList(from, to)));
    }
    return made;
  }
}
