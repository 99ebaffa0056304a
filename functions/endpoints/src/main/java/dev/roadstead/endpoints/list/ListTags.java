package dev.roadstead.endpoints.list;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Tags;
import dev.roadstead.route.Action;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v2/<name>/tags/list} (end-8): tags in byte order, page by page, those that the caller
 * may pull.
 */
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
    var page =
        Shown.collect(
            request.parameter("last"),
            Math.max(1, limit),
            after -> read(repository, after, Math.max(1, limit)),
            tag -> request.may(Action.PULL, repository, Optional.of(tag)));
    if (limit == 0) {
      return answer(repository, List.of());
    }
    var answer = answer(repository, page.names());
    var path = "/v2/" + repository + "/tags/list";
    return page.next()
        .map(last -> Paging.withNext(answer, path, "n=" + limit + "&", last.text()))
        .orElse(answer);
  }

  private Shown.Read<Tag> read(RepositoryName repository, Optional<String> after, int limit) {
    var listing = tags.list(repository, after, limit).orElseThrow(ErrorCode.NAME_UNKNOWN::raise);
    return new Shown.Read<>(listing.tags(), listing.more());
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
