package dev.roadstead.endpoints.http;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Refusal;
import dev.roadstead.route.Address;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.StoreException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was refused: one line in the log before the client is answered. The line becomes an entry of
 * the audit log, at once where whoever refuses may write there, elsewhere by the job {@code
 * record-refusals}.
 */
public final class Refusals {
  private final Environment environment;
  private final boolean hasAccounts;
  private final Consumer<Refusal> recorder;

  /**
   * Notes them.
   *
   * @param hasAccounts whether anybody can be told by name
   * @param recorder gets every refusal whose line is written
   */
  public Refusals(Environment environment, boolean hasAccounts, Consumer<Refusal> recorder) {
    this.environment = environment;
    this.hasAccounts = hasAccounts;
    this.recorder = recorder;
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
              .map(name -> (name + " " + shown(request.address())).strip())
              .orElse(request.address().place().template());
      add(caller, request.operation().functionName(), about, repository);
    }
  }

  /** A location is signed, and nobody's but the uploader's. */
  private static String shown(Address address) {
    return address.place().last() == Address.Last.LOCATION ? "" : address.last();
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
    if (!hasAccounts) {
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
    var entry =
        new AuditEntry(
            environment.clock().millis(),
            caller.name(),
            caller.network(),
            RefusalLine.REFUSED + what,
            about.substring(0, Math.min(about.length(), RefusalLine.MAX_ABOUT)),
            repository);
    var refusal = new Refusal(environment.ids().next(), entry);
    RefusalLine.write(refusal);
    recorder.accept(refusal);
  }
}
