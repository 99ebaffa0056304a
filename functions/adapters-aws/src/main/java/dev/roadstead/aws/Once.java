package dev.roadstead.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes something when it is first asked for: a function pays for no client that it never uses. */
final class Once<T extends AutoCloseable> implements Supplier<T> {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  /** What was made, if anything was. */
  synchronized Optional<T> made() {
    return made;
  }
}
