package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.roadstead.error.RegistryException;
import dev.roadstead.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs two clients' doings again and again: the second one acts just before the first one's first
 * store call, then just before its second one, and so on. No threads, so every run is the same.
 */
final class Interleaving {
  private Interleaving() {}

  /**
   * Two clients in one world.
   *
   * @param first through the process that is interrupted
   * @param second through the other process
   * @param then what must be true afterwards
   */
  record Race(Runnable first, Runnable second, Runnable then) {}

  /** Runs a race, begun anew in a new world each time, for every store call of the first client. */
  static void sweep(Function<World, Race> begin) {
    sweep(World::new, begin);
  }

  /** The same in worlds of another kind. */
  static void sweep(Supplier<World> worlds, Function<World, Race> begin) {
    int call = 0;
    while (interrupts(worlds.get(), begin, call)) {
      call++;
    }
    assertThat(call).as("store calls that were interrupted").isPositive();
  }

  private static boolean interrupts(World world, Function<World, Race> begin, int call) {
    var race = begin.apply(world);
    var interruptions = new AtomicInteger();
    Runnable second =
        () -> {
          interruptions.incrementAndGet();
          race.second().run();
          world.isSafe();
        };
    world.faults().actBefore(call, second);
    try {
      race.first().run();
      if (interruptions.get() == 0) {
        return false;
      }
      race.then().run();
      world.isSafeAfterEvents();
    } catch (AssertionError | RuntimeException wrong) {
      fail(
          "interrupted before call %d of %s: %s".formatted(call, world.faults().calls(), wrong),
          wrong);
    }
    return true;
  }

  /** The statuses that clients were answered, in the order in which the answers came. */
  record Answers(List<Integer> statuses, List<Answer> taken, List<RegistryException> refused) {
    Answers() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Asks, and keeps the answer, be it a refusal. */
    Runnable of(Supplier<Answer> request) {
      return () -> {
        try {
          var answer = request.get();
          statuses.add(answer.status());
          taken.add(answer);
        } catch (RegistryException refusal) {
          statuses.add(refusal.status());
          refused.add(refusal);
        }
      };
    }
  }
}
