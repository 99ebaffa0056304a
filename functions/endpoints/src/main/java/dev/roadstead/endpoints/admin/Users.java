package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account.Kind;
import dev.roadstead.access.Accounts;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import java.util.Set;

/**
 * {@code /api/v1/users}: GET lists people; PUT makes one, or gives them another {@code password};
 * PATCH sets {@code enabled}.
 */
public final class Users implements Endpoint {
  private final Accounts accounts;

  /** People among these accounts. */
  public Users(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (request.method()) {
      case PUT -> put(request);
      case PATCH -> patch(request);
      case GET, HEAD, POST, DELETE -> AccountList.read(accounts, Kind.USER, "users", request);
    };
  }

  private Answer put(ApiRequest request) {
    var password = RequestDocument.read(request.body(), Set.of("password")).text("password");
    var name = request.account();
    if (accounts.find(name).filter(found -> found.kind() == Kind.USER).isPresent()) {
      accounts.setPassword(name, password, Reply.actor(request));
    } else {
      accounts.addUser(name, password, Reply.actor(request));
    }
    return Reply.done(name);
  }

  private Answer patch(ApiRequest request) {
    var document = RequestDocument.read(request.body(), Set.of("enabled"));
    accounts.setEnabled(request.account(), document.flag("enabled"), Reply.actor(request));
    return Reply.done(request.account());
  }
}
