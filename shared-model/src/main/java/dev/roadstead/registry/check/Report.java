package dev.roadstead.registry.check;

import java.util.List;
import java.util.Map;

/**
 * What a check has seen.
 *
 * @param records how many of each kind, in the words of people
 * @param objects how many objects
 * @param bytesRead how many bytes were read and hashed
 * @param unclaimed how many objects of direct PUTs wait for their claim or their end; no damage
 * @param mended what was wrong and is right now
 * @param damage what is wrong
 */
public record Report(
    Map<String, Integer> records,
    int objects,
    long bytesRead,
    long unclaimed,
    List<Finding> mended,
    List<Finding> damage) {
  /** Copies the lists. */
  public Report {
    records = Map.copyOf(records);
    mended = List.copyOf(mended);
    damage = List.copyOf(damage);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return damage.isEmpty();
  }
}
