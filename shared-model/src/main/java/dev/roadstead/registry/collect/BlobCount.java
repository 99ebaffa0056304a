package dev.roadstead.registry.collect;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Repositories;
import dev.roadstead.store.Query;
import java.util.Optional;

/**
 * Counts the blobs of all repositories, one that several share as often. Costs in proportion to the
 * registry, so it ends when there are enough, or after {@value #MAX_QUERIES} queries with what was
 * found so far.
 */
final class BlobCount {
  private static final int MAX_QUERIES = 20_000;
  private static final int PAGE = 1000;

  private final Environment environment;
  private final Repositories repositories;

  BlobCount(Environment environment) {
    this.environment = environment;
    this.repositories = new Repositories(environment);
  }

  /** One count. */
  private final class Walk {
    private final long enough;
    private long found;
    private int queries;

    Walk(long enough) {
      this.enough = enough;
    }

    boolean ends() {
      return found >= enough || queries >= MAX_QUERIES;
    }

    void count(RepositoryName repository) {
      for (int h = 0; h < Keys.SPREAD; h++) {
        var partition = Query.of(Keys.links(repository, Character.forDigit(h, 16)), PAGE);
        var next = Optional.of(partition.eventual());
        while (next.isPresent() && !ends()) {
          var query = next.get();
          var page = environment.metadata().query(query);
          queries++;
          found += page.items().size();
          next = page.next().map(query::after);
        }
      }
    }
  }

  long upTo(long enough) {
    var walk = new Walk(enough);
    Optional<String> after = Optional.empty();
    boolean more = true;
    while (more && !walk.ends()) {
      var page = repositories.list(after, PAGE);
      page.names().forEach(walk::count);
      more = page.more() && !page.names().isEmpty();
      after = more ? Optional.of(page.names().getLast().text()) : after;
    }
    return walk.found;
  }
}
