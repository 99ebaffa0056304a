package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account;
import dev.roadstead.access.Accounts;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Glob;
import dev.roadstead.model.Network;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Grant.Effect;
import dev.roadstead.rule.Role;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code /api/v1/grants}: GET lists rights and denials, of {@code /<holder>} or of all; POST gives
 * {@code /<holder>} one ({@code role}, {@code repository}, {@code tag}, {@code from}, {@code
 * deny}); DELETE takes it back, described by query parameters of the same names.
 */
public final class Grants implements Endpoint {
  private static final Set<String> PROPERTIES = Set.of("role", "repository", "tag", "from", "deny");

  private final Accounts accounts;

  /** The rights of these accounts. */
  public Grants(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (request.method()) {
      case POST -> {
        var document = RequestDocument.read(request.body(), PROPERTIES);
        var grant = grant(request.account(), document::textIfAny, document.flag("deny"));
        accounts.grant(grant, Reply.actor(request));
        yield answer(List.of(grant), Optional.empty());
      }
      case DELETE -> {
        boolean deny = request.parameter("deny").filter("true"::equals).isPresent();
        var grant = grant(request.account(), request::parameter, deny);
        accounts.revoke(grant, Reply.actor(request));
        yield answer(List.of(grant), Optional.empty());
      }
      case GET, HEAD, PUT, PATCH -> list(request);
    };
  }

  private static Grant grant(
      AccountName holder, Function<String, Optional<String>> property, boolean deny) {
    try {
      return new Grant(
          holder,
          deny ? Effect.DENY : Effect.ALLOW,
          Role.named(property.apply("role").orElse("")),
          new Glob(property.apply("repository").orElse("")),
          property.apply("tag").map(Glob::new).orElse(Glob.ANY),
          property.apply("from").map(Network::new));
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.REQUEST_INVALID.about(String.valueOf(wrong.getMessage()));
    }
  }

  private Answer list(ApiRequest request) {
    if (!request.address().last().isEmpty()) {
      var holder = accounts.find(request.account());
      return answer(holder.map(Account::grants).orElse(List.of()), Optional.empty());
    }
    var page = accounts.list(request.parameter("after"), Reply.MAX_PAGE);
    var grants = page.accounts().stream().flatMap(each -> each.grants().stream()).toList();
    return answer(grants, page.next());
  }

  private static Answer answer(List<Grant> grants, Optional<String> next) {
    return Reply.of(
        json -> {
          json.writeArrayPropertyStart("grants");
          grants.forEach(grant -> Reply.write(json, grant));
          json.writeEndArray();
          next.ifPresent(after -> json.writeStringProperty("next", after));
        });
  }
}
