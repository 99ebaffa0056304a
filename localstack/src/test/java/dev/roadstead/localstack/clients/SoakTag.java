package dev.roadstead.localstack.clients;

import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * A tag in a soak: which images it may name, as far as the clients know, and who may do what with
 * it at the same time. One client moves it at a time; whether others may pull meanwhile depends on
 * what is promised, but never while it is removed.
 */
final class SoakTag {
  private final String repository;
  private final String name;
  private final boolean movesUnderPulls;
  private final ReentrantLock movers = new ReentrantLock();
  private final ReentrantReadWriteLock presence = new ReentrantReadWriteLock();
  private final Deque<Set<String>> named = new ConcurrentLinkedDeque<>(List.of(Set.of()));

  /**
   * One that nobody has pushed yet.
   *
   * @param repository with the registry's host
   * @param movesUnderPulls whether it may be moved while somebody pulls it
   */
  SoakTag(String repository, String name, boolean movesUnderPulls) {
    this.repository = repository;
    this.name = name;
    this.movesUnderPulls = movesUnderPulls;
  }

  String repository() {
    return repository;
  }

  String reference() {
    return repository + ":" + name;
  }

  /** Digests of configurations, which no client changes; empty while it may be absent. */
  Set<String> images() {
    return named.getLast();
  }

  /** It names one of these, and is there. */
  void names(Set<String> some) {
    named.add(Set.copyOf(some));
  }

  /** Nobody knows whether it is there. */
  void isUnknown() {
    names(Set.of());
  }

  /** Now, for {@link #imagesSince}. */
  int moment() {
    return named.size();
  }

  /** All that it has named since that moment, and at it. */
  Set<String> imagesSince(int then) {
    return named.stream().skip(then - 1L).flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** It names what it named before, or this, from now on; if it may be absent that stays so. */
  void namesAlso(String image) {
    if (!images().isEmpty()) {
      var more = new TreeSet<>(images());
      more.add(image);
      names(more);
    }
  }

  /** Does something during which it is not removed. */
  void whileItStays(Runnable act) {
    locked(presence.readLock(), act);
  }

  /** Does something during which it is neither removed nor moved. */
  void whileItStands(Runnable act) {
    locked(movers, () -> locked(presence.readLock(), act));
  }

  /** Moves it. */
  void moving(Runnable act) {
    locked(movers, () -> locked(movesUnderPulls ? presence.readLock() : presence.writeLock(), act));
  }

  /** Moves it, unless somebody else is at it; so nobody who holds another tag has to wait. */
  void movingIfFree(Runnable act) {
    var pulls = movesUnderPulls ? presence.readLock() : presence.writeLock();
    if (movers.tryLock()) {
      try {
        if (pulls.tryLock()) {
          try {
            act.run();
          } finally {
            pulls.unlock();
          }
        }
      } finally {
        movers.unlock();
      }
    }
  }

  /** Removes it. */
  void removing(Runnable act) {
    locked(movers, () -> locked(presence.writeLock(), act));
  }

  private static void locked(Lock lock, Runnable act) {
    lock.lock();
    try {
      act.run();
    } finally {
      lock.unlock();
    }
  }
}
