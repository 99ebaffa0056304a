package dev.roadstead.aws;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes something when it is first asked for: a function pays for no client that it never uses. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private final Consumer<T> giveBack;
  private Optional<T> made = Optional.empty();

  Once(Supplier<T> maker, Consumer<T> giveBack) {
    this.maker = maker;
    this.giveBack = giveBack;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  /** Gives back what was made, if anything was; the next to ask gets another one. */
  synchronized void renew() {
    made.ifPresent(giveBack);
    made = Optional.empty();
  }
}
