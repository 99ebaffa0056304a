package dev.roadstead.registry;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which repositories there are. One comes into being with its first manifest, in the same
 * transaction.
 */
public final class Repositories {
  /** How many names one process remembers; then it forgets them all and asks again. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Environment environment;
  private final Set<RepositoryName> remembered = ConcurrentHashMap.newKeySet();

  /** Repositories in these stores. */
  public Repositories(Environment environment) {
    this.environment = environment;
  }

  /**
   * A page of names in byte order.
   *
   * @param names at most as many as were asked for
   * @param more whether there are more after them
   */
  public record Listing(List<RepositoryName> names, boolean more) {
    /** Copies the list. */
    public Listing {
      names = List.copyOf(names);
    }
  }

  /** Lists repositories after this text. */
  public Listing list(Optional<String> after, int limit) {
    var query = new Query(Keys.CATALOG, "", after, limit, Consistency.STRONG);
    var page = environment.metadata().query(query);
    var names = page.items().stream().map(i -> new RepositoryName(i.key().sort())).toList();
    return new Listing(names, page.next().isPresent());
  }

  /** Whether there is such a repository. */
  public boolean exists(RepositoryName repository) {
    return environment.metadata().get(Keys.repository(repository), Consistency.STRONG).isPresent();
  }

  /**
   * What a transaction has to write so that the repository exists after it, and nobody deletes it.
   */
  List<Write> ensure(RepositoryName repository) {
    if (remembered.contains(repository) || exists(repository)) {
      remember(repository);
      return List.of(new Write.Check(Keys.repository(repository), RepositoryDelete.IS_ACTIVE));
    }
    var record =
        Item.at(Keys.repository(repository)).with("createdAt", environment.nowSeconds()).build();
    var entry = Item.at(Keys.catalogEntry(repository)).build();
    return List.of(Write.create(record), Write.create(entry));
  }

  /** To be told what came of such a transaction. */
  void learn(RepositoryName repository, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done -> remember(repository);
      case Outcome.Refused refused ->
          refused
              .of(Keys.repository(repository))
              .ifPresent(refusal -> corrected(repository, refusal.current().isPresent()));
    }
  }

  private void corrected(RepositoryName repository, boolean exists) {
    if (exists) {
      remember(repository);
    } else {
      remembered.remove(repository);
    }
  }

  private void remember(RepositoryName repository) {
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.add(repository);
  }
}
