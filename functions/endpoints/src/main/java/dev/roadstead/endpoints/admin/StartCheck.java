package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.check.CheckJob;
import dev.roadstead.registry.check.CheckJob.Mode;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.wire.Answer;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code POST /api/v1/check}: orders a check of the whole registry, which runs beside the requests:
 * {@code {"mode": "check|repair|rebuild", "bytes": "none|sample|all"}}.
 */
public final class StartCheck implements Endpoint {
  private static final String MODE = "mode";
  private static final String BYTES = "bytes";

  private final Environment environment;
  private final Consumer<Runnable> background;

  /** Orders checks of these stores, which are run like this. */
  public StartCheck(Environment environment, Consumer<Runnable> background) {
    this.environment = environment;
    this.background = background;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var asked = RequestDocument.read(request.body(), Set.of(MODE, BYTES));
    var order =
        new CheckJob.Order(
            one(Mode.class, asked.textIfAny(MODE).orElse("check")),
            one(Depth.class, asked.textIfAny(BYTES).orElse("sample")));
    var job = CheckJob.order(environment, order, request.caller());
    background.accept(job::run);
    return Answer.of(202)
        .withBody(
            "application/json",
            JsonDocument.write(json -> json.writeStringProperty("state", "running")));
  }

  private static <E extends Enum<E>> E one(Class<E> type, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw ErrorCode.REQUEST_INVALID.about(
          "mode is check, repair or rebuild, and bytes none, sample or all");
    }
  }
}
