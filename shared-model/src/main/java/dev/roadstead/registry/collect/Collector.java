package dev.roadstead.registry.collect;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.collect.Verdict.Garbage;
import dev.roadstead.registry.collect.Verdict.Needed;
import dev.roadstead.registry.collect.Verdict.NotDue;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Limits;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The collector: looks at what its queues say is due, judges it, and takes each step that is to be
 * taken. Any number of them may run at once, beside anything else, and die at any moment: a
 * candidate stays in its queue until its last step is taken.
 */
public final class Collector {
  /** How many candidates of each kind one run looks at. */
  public static final int MAX_PER_KIND = 10_000;

  private static final int PAGE = 100;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Environment environment;
  private final List<Review> reviews;
  private final Breaker breaker;

  /** Collects in these stores. */
  public Collector(Environment environment) {
    this.environment = environment;
    this.reviews = reviews(environment);
    this.breaker = new Breaker(environment);
  }

  /** In the order in which one makes work for the next. */
  private static List<Review> reviews(Environment environment) {
    var reviews = new ArrayList<Review>();
    reviews.add(new SessionReview(environment));
    reviews.add(new StepReview(environment));
    environment
        .settings()
        .untaggedLife()
        .ifPresent(life -> reviews.add(new ManifestReview(environment, life)));
    reviews.add(new LinkReview(environment));
    reviews.add(new RepositoryReview(environment));
    reviews.add(new TombstoneReview(environment));
    reviews.add(new TrashReview(environment));
    reviews.add(new OrphanReview(environment));
    return reviews;
  }

  /** A candidate with what was found. */
  public record Finding(Hint.Kind kind, Key candidate, Verdict verdict) {}

  /** The breaker, which says how things stand and takes acknowledgements. */
  public Breaker breaker() {
    return breaker;
  }

  /** One run. */
  public Report run() {
    return run(MAX_PER_KIND);
  }

  /**
   * One run that is smaller.
   *
   * @param maxPerKind how many candidates of each kind it looks at
   */
  public Report run(int maxPerKind) {
    var run = new Run(maxPerKind);
    if (breaker.state().filter(s -> s.stoppedAtSeconds().isPresent()).isPresent()) {
      run.tally.stopped = true;
      return run.tally.report();
    }
    reviews.forEach(run::collect);
    return run.tally.report();
  }

  /** What a run would find now, 1,000 candidates of each queue at most; writes nothing. */
  public Report dryRun(Consumer<Finding> found) {
    var tally = new Tally();
    for (var review : reviews) {
      for (var queue : review.kind().queues()) {
        var due = due(review, queue, Limits.MAX_LISTED_KEYS);
        tally.more |= due.size() == Limits.MAX_LISTED_KEYS;
        for (var candidate : due) {
          var finding = new Finding(review.kind(), candidate, review.judge(candidate));
          tally.add(finding.verdict());
          found.accept(finding);
        }
      }
    }
    return tally.report();
  }

  private List<Key> due(Review review, String queue, int limit) {
    return environment.metadata().due(queue, review.dueUntil(environment.nowSeconds()), limit);
  }

  /** One run's work and numbers. */
  private final class Run {
    private final int maxPerKind;
    private final Tally tally = new Tally();

    Run(int maxPerKind) {
      this.maxPerKind = maxPerKind;
    }

    /** Round after round, a page of each queue, so that no queue waits for another. */
    void collect(Review review) {
      int left = maxPerKind;
      int page = Math.clamp(maxPerKind / Hint.SHARDS, 1, PAGE);
      boolean more = true;
      while (more && left > 0 && !tally.stopped) {
        more = false;
        for (var queue : review.kind().queues()) {
          int limit = Math.min(left, page);
          if (limit == 0) {
            more = true; // perhaps: nobody has looked at this queue
            break;
          }
          var due = due(review, queue, limit);
          more |= due.size() == limit;
          left -= due.size();
          act(judged(review, due));
        }
      }
      tally.more |= more;
    }

    private List<Finding> judged(Review review, List<Key> candidates) {
      var findings = new ArrayList<Finding>();
      for (var candidate : candidates) {
        guarded(
            candidate,
            () -> {
              var verdict = review.judge(candidate);
              findings.add(new Finding(review.kind(), candidate, verdict));
            });
      }
      return findings;
    }

    private void act(List<Finding> findings) {
      int condemned =
          findings.stream()
              .map(Finding::verdict)
              .mapToInt(v -> v instanceof Garbage(var _, var freed, var _) ? freed.condemned() : 0)
              .sum();
      if (condemned > 0 && !breaker.admit(condemned)) {
        tally.stopped = true;
        return;
      }
      findings.forEach(finding -> guarded(finding.candidate(), () -> act(finding.verdict())));
    }

    private void act(Verdict verdict) {
      boolean taken =
          switch (verdict) {
            case NotDue none -> true;
            case Needed needed -> needed.leave().take();
            case Garbage garbage -> garbage.step().take();
          };
      if (taken) {
        tally.add(verdict);
      } else {
        tally.overtaken++;
      }
    }

    /** A candidate that cannot be dealt with waits, longer each time, and holds up no other. */
    private void guarded(Key candidate, Runnable work) {
      try {
        work.run();
      } catch (StoreException | IllegalStateException | IllegalArgumentException failure) {
        tally.failed++;
        postpone(candidate);
      }
    }
  }

  private void postpone(Key candidate) {
    var item = environment.metadata().get(candidate, Consistency.STRONG);
    if (item.isEmpty() || !item.get().has(Hint.AT)) {
      return;
    }
    long tries = item.get().numberIfAny(Hint.TRIES).orElse(0);
    long seconds = Math.min(60L << Math.min(tries, 20), LONGEST_WAIT.toSeconds());
    var changes =
        List.of(
            Change.put(Hint.AT, environment.nowSeconds() + seconds),
            Change.put(Hint.TRIES, tries + 1));
    var unchanged = Condition.is(Hint.AT, item.get().number(Hint.AT));
    environment.metadata().write(new Write.Update(candidate, changes, unchanged));
  }
}
