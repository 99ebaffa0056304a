package dev.roadstead.rule;

import dev.roadstead.model.Glob;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tags stay where they were pushed: whoever has the right to push may make such a tag, and
 * nobody may move or delete it.
 *
 * @param repositories in which repositories
 * @param tags which tags there
 * @param except which of those not
 */
public record ImmutabilityRule(Glob repositories, Glob tags, List<Glob> except) {
  /** How many exceptions one rule has. */
  public static final int MAX_EXCEPTIONS = 5;

  /** Refuses too many exceptions with {@link IllegalArgumentException}; sorts them. */
  public ImmutabilityRule {
    if (except.size() > MAX_EXCEPTIONS) {
      throw new IllegalArgumentException(
          "a rule has at most " + MAX_EXCEPTIONS + " exceptions; use wider patterns");
    }
    except = except.stream().sorted(Comparator.comparing(Glob::text)).distinct().toList();
  }

  /** Whether this tag is immutable. */
  public boolean protects(RepositoryName repository, Tag tag) {
    return repositories.matches(repository.text())
        && tags.matches(tag.text())
        && except.stream().noneMatch(glob -> glob.matches(tag.text()));
  }

  /** As it is kept: words, so that a store can have a set of them. */
  public String text() {
    return Stream.concat(Stream.of(repositories, tags), except.stream())
        .map(Glob::text)
        .collect(Collectors.joining(" "));
  }

  /** Reads what {@link #text} has written; {@link IllegalArgumentException} for anything else. */
  public static ImmutabilityRule parse(String text) {
    var globs = Arrays.stream(text.split(" ", -1)).map(Glob::new).toList();
    if (globs.size() < 2) {
      throw new IllegalArgumentException("a rule has patterns for repositories and for tags");
    }
    return new ImmutabilityRule(globs.get(0), globs.get(1), globs.subList(2, globs.size()));
  }
}
