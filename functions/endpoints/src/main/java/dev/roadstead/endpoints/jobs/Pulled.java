package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.registry.PullCount;

/** What pulls have in common that are counted together: the manifest, and the day. */
record Pulled(long day, Pull pull) {
  static Pulled of(Pull pull, long atMillis) {
    return new Pulled(PullCount.dayOf(atMillis), pull);
  }

  PullCount times(long pulls) {
    return new PullCount(day, pull.repository(), pull.digest(), pulls);
  }
}
