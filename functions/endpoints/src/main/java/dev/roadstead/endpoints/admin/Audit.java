package dev.roadstead.endpoints.admin;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Glob;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.wire.Answer;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code GET /api/v1/audit}: what was done, the newest first; {@code since} (seconds since 1970),
 * {@code who}, {@code repository} (a pattern) and {@code about} (a word of what it was done to)
 * narrow it, {@code after} goes on.
 */
public final class Audit implements Endpoint {
  private final AuditLog log;

  /** Reads this log. */
  public Audit(AuditLog log) {
    this.log = log;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var who = request.parameter("who");
    var about = request.parameter("about");
    var repository =
        request
            .parameter("repository")
            .map(text -> ApiRequest.read(text, Glob::new, ErrorCode.REQUEST_INVALID));
    Predicate<AuditEntry> wanted =
        entry ->
            who.map(entry.who()::equals).orElse(true)
                && repository
                    .map(
                        glob ->
                            entry
                                .repository()
                                .filter(name -> glob.matches(name.text()))
                                .isPresent())
                    .orElse(true)
                && about
                    .map(word -> List.of(entry.about().split(" ", -1)).contains(word))
                    .orElse(true);
    try {
      var page =
          log.list(wanted, sinceMillis(request), request.parameter("after"), AuditLog.MAX_PAGE);
      return Reply.of(
          json -> {
            json.writeArrayPropertyStart("entries");
            for (var entry : page.entries()) {
              json.writeStartObject();
              json.writeStringProperty("at", Instant.ofEpochMilli(entry.atMillis()).toString());
              json.writeStringProperty("who", entry.who());
              json.writeStringProperty("network", entry.network());
              json.writeStringProperty("what", entry.what());
              json.writeStringProperty("about", entry.about());
              json.writeEndObject();
            }
            json.writeEndArray();
            page.next().ifPresent(after -> json.writeStringProperty("next", after));
          });
    } catch (IllegalArgumentException noSuchPage) {
      throw ErrorCode.REQUEST_INVALID.about(String.valueOf(noSuchPage.getMessage()));
    }
  }

  /** As far back as entries are kept, unless something else is asked for. */
  private static long sinceMillis(ApiRequest request) {
    var text = request.parameter("since");
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.get().matches("\\d{1,12}")) {
      throw ErrorCode.REQUEST_INVALID.about("since is a time in seconds since 1970");
    }
    return Long.parseLong(text.get()) * 1000;
  }
}
