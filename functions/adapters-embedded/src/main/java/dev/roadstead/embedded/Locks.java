package dev.roadstead.embedded;

import java.util.stream.Stream;

/** A fixed number of monitors shared out by hash: one thing, always the same monitor. */
final class Locks {
  private static final int COUNT = 64;

  private final Object[] monitors = Stream.generate(Object::new).limit(COUNT).toArray();

  Object of(Object thing) {
    return monitors[Math.floorMod(thing.hashCode(), COUNT)];
  }
}
