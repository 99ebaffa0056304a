package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account.Kind;
import dev.roadstead.access.Accounts;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.AccountName;
import dev.roadstead.wire.Answer;
import java.util.Set;

/**
 * {@code /api/v1/groups}: GET lists them; PUT makes one; PATCH takes accounts in, {@code add}, and
 * out, {@code remove}: one change each, so that one that fails leaves those before it.
 */
public final class Groups implements Endpoint {
  private final Accounts accounts;

  /** Groups among these accounts. */
  public Groups(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (request.method()) {
      case PUT -> {
        RequestDocument.read(request.body(), Set.of());
        accounts.addGroup(request.account(), Reply.actor(request));
        yield Reply.done(request.account());
      }
      case PATCH -> patch(request);
      case GET, HEAD, POST, DELETE -> AccountList.read(accounts, Kind.GROUP, "groups", request);
    };
  }

  private Answer patch(ApiRequest request) {
    var document = RequestDocument.read(request.body(), Set.of("add", "remove"));
    document.texts("add").forEach(name -> setMember(request, name, true));
    document.texts("remove").forEach(name -> setMember(request, name, false));
    return Reply.done(request.account());
  }

  private void setMember(ApiRequest request, String member, boolean isIn) {
    var name = ApiRequest.read(member, AccountName::new, ErrorCode.REQUEST_INVALID);
    accounts.setMember(request.account(), name, isIn, Reply.actor(request));
  }
}
