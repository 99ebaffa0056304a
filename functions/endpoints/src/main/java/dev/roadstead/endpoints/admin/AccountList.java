package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account;
import dev.roadstead.access.Account.Kind;
import dev.roadstead.access.Accounts;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;

/** Reads accounts of one kind: one by its name, or all of them page by page. */
final class AccountList {
  private AccountList() {}

  /** The answer to a GET; a page may be short although there are more. */
  static Answer read(Accounts accounts, Kind kind, String plural, ApiRequest request) {
    if (!request.address().last().isEmpty()) {
      var account =
          accounts
              .find(request.account())
              .filter(found -> found.kind() == kind)
              .orElseThrow(
                  () -> ErrorCode.REQUEST_INVALID.about("there is no " + request.account()));
      return list(plural, List.of(account), Optional.empty());
    }
    var page = accounts.list(request.parameter("after"), Reply.MAX_PAGE);
    var accountsOfKind = page.accounts().stream().filter(each -> each.kind() == kind).toList();
    return list(plural, accountsOfKind, page.next());
  }

  private static Answer list(String plural, List<Account> accounts, Optional<String> next) {
    return Reply.of(
        json -> {
          json.writeArrayPropertyStart(plural);
          accounts.forEach(account -> Reply.write(json, account));
          json.writeEndArray();
          next.ifPresent(after -> json.writeStringProperty("next", after));
        });
  }
}
