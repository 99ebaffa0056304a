package dev.roadstead.route;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What one function is there for: an operation of the API, or a job. */
public sealed interface Task permits Operation, Job {
  /** The function's name, {@code get-blob} for example; no two tasks share one. */
  String functionName();

  /**
   * Whether it computes digests of what blobs are made of. That takes seven times as long without
   * the JVM's second compiler, which other functions do better without: it costs them a second at
   * their start.
   */
  boolean hashesBlobs();

  /** Every task there is. */
  static Stream<Task> all() {
    return Stream.concat(Arrays.stream(Operation.values()), Arrays.stream(Job.values()));
  }

  /** The task of the function with this name, if there is one. */
  static Optional<Task> named(String functionName) {
    return all().filter(task -> task.functionName().equals(functionName)).findFirst();
  }
}
