package dev.roadstead.cli;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;

/** A tag of a repository, as a command line names it: {@code team/app:latest}. */
record TagName(RepositoryName repository, Tag tag) {
  /** Refuses anything else with {@link IllegalArgumentException}. */
  static TagName parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("write repository:tag");
    }
    return new TagName(
        new RepositoryName(text.substring(0, colon)), new Tag(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
