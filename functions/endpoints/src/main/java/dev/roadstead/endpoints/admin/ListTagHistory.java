package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.TagHistory;
import dev.roadstead.registry.TagHistory.Move;
import dev.roadstead.wire.Answer;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/v1/history/<name>?tag=}: where a tag has pointed, the oldest move first. */
public final class ListTagHistory implements Endpoint {
  private final TagHistory history;

  /** Lists this history. */
  public ListTagHistory(TagHistory history) {
    this.history = history;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var tag = ApiRequest.read(request.parameter("tag").orElse(""), Tag::new, ErrorCode.TAG_INVALID);
    var after =
        request
            .parameter("after")
            .map(text -> ApiRequest.read(text, ListTagHistory::version, ErrorCode.REQUEST_INVALID));
    var page = history.list(request.repository(), tag, after);
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeArrayPropertyStart("moves");
                  page.moves().forEach(move -> write(json, move));
                  json.writeEndArray();
                  page.next().ifPresent(next -> json.writeNumberProperty("next", next));
                }));
  }

  private static long version(String text) {
    if (!text.matches("[0-9]{1,16}")) {
      throw new IllegalArgumentException("a version is a whole number");
    }
    return Long.parseLong(text);
  }

  private static void write(JsonGenerator json, Move move) {
    json.writeStartObject();
    json.writeNumberProperty("version", move.version());
    json.writeNumberProperty("atSeconds", move.atSeconds());
    json.writeStringProperty("by", move.by());
    move.from().ifPresent(digest -> json.writeStringProperty("from", digest.toString()));
    move.to().ifPresent(digest -> json.writeStringProperty("to", digest.toString()));
    json.writeEndObject();
  }
}
