package dev.roadstead.endpoints.http;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was refused: one line in the log before the client is answered, and, where that is wanted,
 * an entry in the audit log. Of a flood the log has every line; of entries each process writes
 * {@value #MAX_A_MINUTE} a minute, so that whoever is refused cannot fill the store.
 */
public final class Refusals {
  /** How many entries one process writes in a minute. */
  static final int MAX_A_MINUTE = 120;

  private static final Logger LOG = LoggerFactory.getLogger("dev.roadstead.audit");
  private static final long SECONDS = 60;

  private final Environment environment;
  private final boolean inAuditLog;
  private long minute;
  private int written;

  /** Notes them in these stores, or in the log alone. */
  public Refusals(Environment environment, boolean inAuditLog) {
    this.environment = environment;
    this.inAuditLog = inAuditLog;
  }

  /**
   * Somebody may not do what a request is for. Clients without an account ask once before they show
   * anything; that is none.
   */
  void deny(ApiRequest request, Optional<RepositoryName> repository) {
    var caller = request.caller();
    boolean showsNothing = caller.isAnonymous() && request.header("authorization").isEmpty();
    if (caller.isAccountable() && !showsNothing) {
      var about =
          repository
              .map(name -> (name + " " + request.address().last()).strip())
              .orElse(request.address().place().template());
      add(caller, request.operation().functionName(), about, repository);
    }
  }

  /**
   * Somebody has shown a wrong secret. The name is noted only if it is known that there is such an
   * account: people type passwords where names belong.
   */
  void login(String shown, String network) {
    var name = isAccount(shown) ? shown : "unknown";
    add(new Caller(name, network), "log-in", "", Optional.empty());
  }

  private boolean isAccount(String shown) {
    if (!inAuditLog) {
      return false;
    }
    try {
      var key = Keys.account(new AccountName(shown));
      return environment.metadata().get(key, Consistency.STRONG).isPresent();
    } catch (IllegalArgumentException | StoreException unknown) {
      return false;
    }
  }

  private void add(Caller caller, String what, String about, Optional<RepositoryName> repository) {
    LOG.warn(
        "refused: who={} network={} what={} about=\"{}\"",
        caller.name(),
        caller.network(),
        what,
        about);
    if (!inAuditLog || isOneTooMany()) {
      return;
    }
    var entry =
        new AuditEntry(
            environment.clock().millis(),
            caller.name(),
            caller.network(),
            "refused: " + what,
            about,
            repository);
    try {
      environment.metadata().write(entry.write(environment));
    } catch (StoreException unreachable) {
      LOG.warn("a refusal is in this log alone: {}", unreachable.getMessage());
    }
  }

  private synchronized boolean isOneTooMany() {
    long now = Math.floorDiv(environment.nowSeconds(), SECONDS);
    if (now != minute) {
      minute = now;
      written = 0;
    }
    return ++written > MAX_A_MINUTE;
  }
}
