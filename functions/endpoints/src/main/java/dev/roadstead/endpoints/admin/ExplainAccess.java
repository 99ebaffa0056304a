package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Accounts;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Decision.Question;
import dev.roadstead.rule.Rights;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/v1/access}: whether {@code account} may do {@code action} (pull, push, delete) in
 * {@code repository}, with {@code tag}, {@code from} an address; and why, or why not.
 */
public final class ExplainAccess implements Endpoint {
  private static final Set<String> ACTIONS = Set.of("pull", "push", "delete");

  private final Accounts accounts;

  /** The rights of these accounts. */
  public ExplainAccess(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var name =
        ApiRequest.read(required(request, "account"), AccountName::new, ErrorCode.REQUEST_INVALID);
    var repository =
        ApiRequest.read(
            required(request, "repository"), RepositoryName::new, ErrorCode.NAME_INVALID);
    var tag =
        request
            .parameter("tag")
            .map(text -> ApiRequest.read(text, Tag::new, ErrorCode.TAG_INVALID));
    var question =
        new Question(
            new Caller(name.text()),
            action(request),
            Optional.of(repository),
            tag,
            Optional.empty());
    var account = accounts.find(name);
    if (account.isEmpty() && !name.equals(AccountName.ANONYMOUS)) {
      return answer(false, "there is no account " + name);
    }
    if (account.isPresent() && !account.get().enabled()) {
      return answer(false, name + " is disabled");
    }
    var grants = account.map(accounts::grantsOf).orElse(List.of());
    var rights = new Rights(grants, request.parameter("from").orElse(""));
    var explanation = rights.explain(question);
    return answer(explanation.allowed(), explanation.text());
  }

  private static Answer answer(boolean allowed, String reason) {
    return Reply.of(
        json -> {
          json.writeBooleanProperty("allowed", allowed);
          json.writeStringProperty("reason", reason);
        });
  }

  private static Action action(ApiRequest request) {
    var text = required(request, "action");
    if (!ACTIONS.contains(text)) {
      throw ErrorCode.REQUEST_INVALID.about("an action is pull, push or delete");
    }
    return Action.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static String required(ApiRequest request, String name) {
    return request
        .parameter(name)
        .orElseThrow(
            () -> ErrorCode.REQUEST_INVALID.about("the parameter " + name + " is missing"));
  }
}
