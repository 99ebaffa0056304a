package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Counts that are added together, and once only, however often that is tried.
 *
 * @param id the same at every try, and no other batch's
 * @param counts 1 to {@value #MAX_COUNTS}, each of another manifest or day
 */
public record PullBatch(UUID id, List<PullCount> counts) {
  /** How many counts one transaction takes, beside the record that they were added. */
  public static final int MAX_COUNTS = 99;

  /** Refuses what one transaction does not take with {@link IllegalArgumentException}. */
  public PullBatch {
    counts = List.copyOf(counts);
    var counted = new HashSet<>(counts.stream().map(PullCount::key).toList());
    if (counts.isEmpty() || counts.size() > MAX_COUNTS || counted.size() < counts.size()) {
      throw new IllegalArgumentException(
          "a batch has 1 to " + MAX_COUNTS + " counts, each of another manifest or day");
    }
  }

  /** The identity of what was made of these, which have names that nothing else has. */
  public static UUID idOf(Collection<String> names) {
    var hex = Digest.sha256(String.join("\n", names).getBytes(StandardCharsets.UTF_8)).hex();
    return new UUID(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  /** The day under which it is remembered: that of its first count. */
  long day() {
    return counts.getFirst().day();
  }
}
