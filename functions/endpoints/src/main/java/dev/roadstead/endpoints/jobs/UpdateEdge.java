package dev.roadstead.endpoints.jobs;

import dev.roadstead.access.Account;
import dev.roadstead.access.Accounts;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Glob;
import dev.roadstead.route.EdgeTexts;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Grant.Effect;
import dev.roadstead.secret.KeyExchange;
import dev.roadstead.secret.Secrets;
import dev.roadstead.store.EdgeStore;
import dev.roadstead.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code update-edge}: makes and exchanges keys, and tells the edge of them and of what
 * anonymous may pull. It tells everything each time, so that a run repairs what an earlier one has
 * left half done.
 *
 * <p>Keys in use before go to the edge first. A run that dies between an exchange and telling of it
 * leaves the edge one exchange behind, which {@link dev.roadstead.secret.Ring} is made for, and
 * nobody exchanges again before it has caught up.
 */
public final class UpdateEdge {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateEdge.class);

  /** How often it begins anew when others tell the edge something at the same time. */
  private static final int MAX_TRIES = 5;

  private final KeyExchange exchange;
  private final EdgeStore edge;
  private final Accounts accounts;

  /** Updates this edge. */
  public UpdateEdge(KeyExchange exchange, EdgeStore edge, Accounts accounts) {
    this.exchange = exchange;
    this.edge = edge;
    this.accounts = accounts;
  }

  /**
   * Does what there is to do; may be repeated any number of times, also at once.
   *
   * @throws StoreException when a store does not answer, or others are always quicker
   */
  public void run() {
    tell();
    if (exchange.run()) {
      LOG.info("there are new keys");
      tell();
    }
  }

  /** The mark is taken first: who has read something older than what was told since is refused. */
  private void tell() {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      var mark = edge.mark();
      var secrets = exchange.table().read();
      if (secrets.isEmpty() || edge.tell(mark, texts(secrets.get()))) {
        return;
      }
    }
    throw new StoreException("the edge's store was changed by others " + MAX_TRIES + " times");
  }

  private Map<String, String> texts(Secrets secrets) {
    var texts = new TreeMap<>(secrets.edgeTexts());
    texts.putAll(EdgeTexts.anonymousPull(anonymousPull()));
    return texts;
  }

  private List<Glob> anonymousPull() {
    return accounts.find(AccountName.ANONYMOUS).map(Account::grants).orElse(List.of()).stream()
        .filter(grant -> grant.effect() == Effect.ALLOW)
        .map(Grant::repositories)
        .distinct()
        .toList();
  }
}
