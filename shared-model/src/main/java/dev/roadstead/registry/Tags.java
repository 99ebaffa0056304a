package dev.roadstead.registry;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Query;
import java.util.List;
import java.util.Optional;

/** The tags of a repository, in the byte order of their names. */
public final class Tags {
  private final Environment environment;
  private final Repositories repositories;

  /** Tags in these stores. */
  public Tags(Environment environment, Repositories repositories) {
    this.environment = environment;
    this.repositories = repositories;
  }

  /** A page of tags. */
  public record Listing(List<Tag> tags, boolean more) {
    /** Copies the list. */
    public Listing {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Lists tags after this one, which need not exist.
   *
   * @return empty when there is no such repository
   */
  public Optional<Listing> list(RepositoryName repository, Optional<String> after, int limit) {
    var query = new Query(Keys.tags(repository), "", after, limit, Consistency.STRONG);
    var page = environment.metadata().query(query);
    if (page.items().isEmpty() && !repositories.exists(repository)) {
      return Optional.empty();
    }
    var tags = page.items().stream().map(item -> new Tag(item.key().sort())).toList();
    return Optional.of(new Listing(tags, page.next().isPresent()));
  }
}
