package dev.roadstead.endpoints.list;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Tags;
import dev.roadstead.wire.Answer;
import java.util.List;

/** {@code GET /v2/<name>/tags/list} (end-8): tags in byte order, page by page. */
public final class ListTags implements Endpoint {
  private final Tags tags;

  /** Lists these tags. */
  public ListTags(Tags tags) {
    this.tags = tags;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var repository = request.repository();
    int limit = Paging.limit(request);
    var listing =
        tags.list(repository, request.parameter("last"), Math.max(1, limit))
            .orElseThrow(ErrorCode.NAME_UNKNOWN::raise);
    if (limit == 0) {
      return answer(repository, List.of());
    }
    var answer = answer(repository, listing.tags());
    return listing.more()
        ? Paging.withNext(
            answer,
            "/v2/" + repository + "/tags/list",
            "n=" + limit + "&",
            listing.tags().getLast().text())
        : answer;
  }

  private static Answer answer(RepositoryName repository, List<Tag> tags) {
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeStringProperty("name", repository.text());
                  json.writeArrayPropertyStart("tags");
                  tags.forEach(tag -> json.writeString(tag.text()));
                  json.writeEndArray();
                }));
  }
}
