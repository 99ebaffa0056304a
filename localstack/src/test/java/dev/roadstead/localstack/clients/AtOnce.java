package dev.roadstead.localstack.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The same work many times, some of it at the same time. */
final class AtOnce {
  private AtOnce() {}

  /** Runs the work for 0 to {@code count - 1}; its results in that order. */
  static <T> List<T> run(int count, int atOnce, IntFunction<T> work) {
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      var running = new ArrayList<Future<T>>();
      for (var number = 0; number < count; number++) {
        var mine = number;
        running.add(threads.submit(() -> work.apply(mine)));
      }
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
