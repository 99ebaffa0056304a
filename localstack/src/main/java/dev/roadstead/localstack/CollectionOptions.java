package dev.roadstead.localstack;

import dev.roadstead.model.TimeSpan;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.RegistrySettings;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code roadstead up} that are about collection. */
final class CollectionOptions {
  @Option(
      names = "--collect-every",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "how long the collector pauses between two runs (default: ${DEFAULT-VALUE})")
  private String every = "";

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "24h",
      description =
          "how long a blob stays that no manifest names; 0s makes clients push again what the"
              + " collector has taken between blob and manifest (default: ${DEFAULT-VALUE})")
  private String grace = "";

  @Option(
      names = "--trash",
      paramLabel = "TIME",
      defaultValue = "37d",
      description =
          "how long deleted bytes stay on disk, and can be got back (default: ${DEFAULT-VALUE})")
  private String trash = "";

  @Option(
      names = "--untagged",
      paramLabel = "keep|TIME",
      defaultValue = "keep",
      description =
          "how long a manifest stays that no tag, index or subject keeps (default:"
              + " ${DEFAULT-VALUE})")
  private String untagged = "";

  @Option(
      names = "--collect-limit",
      paramLabel = "OBJECTS",
      description =
          "how many objects the collector may condemn on one day before it stops and asks"
              + " (default: 5 percent of all, 100 at least, 10000 at most)")
  private Optional<Long> limit = Optional.empty();

  /** The pause between two runs; refuses nonsense with {@link IllegalArgumentException}. */
  Duration every() {
    var pause = TimeSpan.parse(every);
    if (pause.isZero()) {
      throw new IllegalArgumentException("the collector pauses for one second at least");
    }
    return pause;
  }

  /** Settings with what is asked for; refuses nonsense likewise. */
  RegistrySettings settings(RegistrySettings others) {
    var settings = others.withLives(TimeSpan.parse(grace), TimeSpan.parse(trash), untagged());
    return limit
        .map(objects -> settings.withCollectionLimits(CollectionLimits.exactly(objects)))
        .orElse(settings);
  }

  private Optional<Duration> untagged() {
    return untagged.equals("keep") ? Optional.empty() : Optional.of(TimeSpan.parse(untagged));
  }
}
