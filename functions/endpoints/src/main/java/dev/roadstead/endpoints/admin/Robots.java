package dev.roadstead.endpoints.admin;

import dev.roadstead.access.Account.Kind;
import dev.roadstead.access.Accounts;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.wire.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code /api/v1/robots}: GET lists them; POST makes one, for {@code lifeSeconds} if that is given,
 * or with {@code rotate} gives one another secret; PATCH sets {@code enabled}. A secret is in the
 * answer that makes it, and never again.
 */
public final class Robots implements Endpoint {
  private static final long MAX_LIFE_SECONDS = Duration.ofDays(3650).toSeconds();

  private final Accounts accounts;

  /** Robots among these accounts. */
  public Robots(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (request.method()) {
      case POST -> post(request);
      case PATCH -> patch(request);
      case GET, HEAD, PUT, DELETE -> AccountList.read(accounts, Kind.ROBOT, "robots", request);
    };
  }

  private Answer post(ApiRequest request) {
    var document = RequestDocument.read(request.body(), Set.of("lifeSeconds", "rotate"));
    var name = request.account();
    var life = life(document.numberIfAny("lifeSeconds"));
    var secret =
        document.flag("rotate")
            ? accounts.rotate(name, Reply.actor(request))
            : accounts.addRobot(name, life, Reply.actor(request));
    return Reply.of(
        json -> {
          json.writeStringProperty("name", name.text());
          json.writeStringProperty("secret", secret);
        });
  }

  private static Optional<Duration> life(OptionalLong seconds) {
    if (seconds.isPresent()
        && (seconds.getAsLong() < 1 || seconds.getAsLong() > MAX_LIFE_SECONDS)) {
      throw ErrorCode.REQUEST_INVALID.about("a robot lives from one second to ten years");
    }
    return seconds.stream().mapToObj(Duration::ofSeconds).findFirst();
  }

  private Answer patch(ApiRequest request) {
    var document = RequestDocument.read(request.body(), Set.of("enabled"));
    accounts.setEnabled(request.account(), document.flag("enabled"), Reply.actor(request));
    return Reply.done(request.account());
  }
}
