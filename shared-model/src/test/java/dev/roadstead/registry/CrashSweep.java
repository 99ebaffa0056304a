package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.roadstead.memory.FaultPlan.When;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one story again and again: with a crash before and after its first store call, its second
 * one, and so on until it gets through. After each crash the judge looks, a new process begins, the
 * client tries again as real clients do, and the judge looks again.
 */
final class CrashSweep {
  /** More store calls than any story makes. */
  private static final int MAX_CALLS = 400;

  private CrashSweep() {}

  /**
   * One client's doings in one world.
   *
   * @param act what it does, and does again when the registry died under it; it may remember
   * @param then what must be true in the end
   */
  record Story(Runnable act, Runnable then) {}

  /** Sweeps a story, which is begun anew in a new world each time. */
  static void sweep(Function<World, Story> begin) {
    sweep(World::new, begin);
  }

  /** The same in worlds of another kind. */
  static void sweep(Supplier<World> worlds, Function<World, Story> begin) {
    for (var when : When.values()) {
      int call = 0;
      while (crashes(worlds.get(), begin, call, when)) {
        call++;
        assertThat(call).as("store calls").isLessThan(MAX_CALLS);
      }
      assertThat(call).as("store calls that a crash was tried at").isPositive();
    }
  }

  private static boolean crashes(World world, Function<World, Story> begin, int call, When when) {
    var story = begin.apply(world);
    world.isSafe();
    boolean crashed = world.crashes(call, when, story.act());
    try {
      world.isSafe();
      if (crashed) {
        story.act().run();
      }
      story.then().run();
      world.isSafeAfterEvents();
    } catch (AssertionError | RuntimeException wrong) {
      fail("after a crash %s call %d: %s".formatted(when, call, wrong), wrong);
    }
    return crashed;
  }
}
