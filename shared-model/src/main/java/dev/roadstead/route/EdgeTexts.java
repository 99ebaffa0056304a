package dev.roadstead.route;

import dev.roadstead.model.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the edge is told besides keys: the patterns of repositories that anonymous may pull
 * something of. Texts are short there, so there may be several: {@code anonymous-0}, {@code
 * anonymous-1} and so on. Patterns have a space between them, and one more stands at the end when
 * another text follows.
 */
public final class EdgeTexts {
  private static final String NAME = "anonymous-";
  private static final String SPACE = " ";

  /** No pattern at all: a text is never empty, and no repository has this name. */
  private static final String NOTHING = "-";

  /** How long a text gets, so that with its name it stays below 1,024 bytes. */
  private static final int MAX_LENGTH = 1000;

  private EdgeTexts() {}

  /** The texts of these patterns, by name. */
  public static Map<String, String> anonymousPull(List<Glob> patterns) {
    var parts = new ArrayList<StringBuilder>(List.of(new StringBuilder()));
    patterns.stream()
        .map(Glob::text)
        .sorted(Comparator.naturalOrder())
        .forEach(pattern -> append(parts, pattern));
    var texts = new TreeMap<String, String>();
    for (int i = 0; i < parts.size(); i++) {
      var text = parts.get(i).isEmpty() ? NOTHING : parts.get(i).toString();
      texts.put(NAME + i, i + 1 < parts.size() ? text + SPACE : text);
    }
    return texts;
  }

  private static void append(List<StringBuilder> parts, String pattern) {
    if (parts.getLast().length() + pattern.length() + 1 > MAX_LENGTH) {
      parts.add(new StringBuilder());
    }
    var last = parts.getLast();
    last.append(last.isEmpty() ? "" : SPACE).append(pattern);
  }
}
