package dev.roadstead.pause.image;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything the image's bytes depend on.
 *
 * @param platforms at least one; the index lists them in the order of {@link Platform}
 * @param labels of the configurations, besides the ones every image has; a name given here wins
 * @param annotations of the manifests and the index, likewise
 */
public record Recipe(
    PauseVersion version,
    Set<Platform> platforms,
    ContainerUser user,
    Map<String, String> labels,
    Map<String, String> annotations) {
  /** The most labels, and the most annotations, that a recipe may add. */
  public static final int MAX_EXTRA_NAMES = 64;

  /** Longer names and values belong into a document, not into a manifest every node pulls. */
  public static final int MAX_TEXT_LENGTH = 1024;

  /** Copies its collections; refuses one without platforms, or with names or values too many. */
  public Recipe {
    if (platforms.isEmpty()) {
      throw new IllegalArgumentException("an image needs at least one platform");
    }
    platforms = Collections.unmodifiableSet(EnumSet.copyOf(platforms));
    labels = checked("label", labels);
    annotations = checked("annotation", annotations);
  }

  /** The image as the official one is: every platform, nobody as the user, nothing added. */
  public static Recipe of(PauseVersion version) {
    return new Recipe(
        version, EnumSet.allOf(Platform.class), ContainerUser.NOBODY, Map.of(), Map.of());
  }

  private static Map<String, String> checked(String kind, Map<String, String> texts) {
    if (texts.size() > MAX_EXTRA_NAMES) {
      throw new IllegalArgumentException(
          "at most " + MAX_EXTRA_NAMES + " " + kind + "s can be added");
    }
    texts.forEach(
        (name, value) -> {
          if (name.isBlank()) {
            throw new IllegalArgumentException("a " + kind + " needs a name: write name=value");
          }
          if (name.length() > MAX_TEXT_LENGTH || value.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                "name and value of a " + kind + " have at most " + MAX_TEXT_LENGTH + " characters");
          }
        });
    return Collections.unmodifiableMap(new TreeMap<>(texts));
  }
}
