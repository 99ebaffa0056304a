package dev.roadstead.endpoints.admin;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Pulls;
import dev.roadstead.wire.Answer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * {@code GET /api/v1/pulls/<name>}: how often each manifest of a repository was pulled, by day (in
 * UTC), the newest day first; {@code since} (2026-01-31) narrows it, {@code after} goes on.
 */
public final class ListPulls implements Endpoint {
  private final Pulls pulls;

  /** Lists these. */
  public ListPulls(Pulls pulls) {
    this.pulls = pulls;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var sinceDay =
        request
            .parameter("since")
            .map(text -> ApiRequest.read(text, ListPulls::day, ErrorCode.REQUEST_INVALID))
            .orElse(0L);
    var page = page(request, sinceDay);
    return Reply.of(
        json -> {
          json.writeArrayPropertyStart("pulls");
          for (var count : page.counts()) {
            json.writeStartObject();
            json.writeStringProperty("day", LocalDate.ofEpochDay(count.day()).toString());
            json.writeStringProperty("digest", count.digest().toString());
            json.writeNumberProperty("pulls", count.pulls());
            json.writeEndObject();
          }
          json.writeEndArray();
          page.next().ifPresent(after -> json.writeStringProperty("next", after));
        });
  }

  private Pulls.Listing page(ApiRequest request, long sinceDay) {
    try {
      return pulls.list(request.repository(), sinceDay, request.parameter("after"), Pulls.MAX_PAGE);
    } catch (IllegalArgumentException noSuchPage) {
      throw ErrorCode.REQUEST_INVALID.about(String.valueOf(noSuchPage.getMessage()));
    }
  }

  private static long day(String text) {
    try {
      return LocalDate.parse(text).toEpochDay();
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("since is a day: 2026-01-31", wrong);
    }
  }
}
