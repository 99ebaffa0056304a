package dev.roadstead.endpoints.list;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Repositories;
import dev.roadstead.wire.Answer;
import java.util.List;

/**
 * {@code GET /v2/_catalog}: repositories in byte order, page by page. Not in the OCI spec; Docker's
 * clients know it.
 */
public final class ListCatalog implements Endpoint {
  private final Repositories repositories;

  /** Lists these repositories. */
  public ListCatalog(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Answer handle(ApiRequest request) {
    int limit = Paging.limit(request);
    if (limit == 0) {
      return answer(List.of());
    }
    var listing = repositories.list(request.parameter("last"), limit);
    var answer = answer(listing.names());
    return listing.more()
        ? Paging.withNext(
            answer, "/v2/_catalog", "n=" + limit + "&", listing.names().getLast().text())
        : answer;
  }

  private static Answer answer(List<RepositoryName> names) {
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeArrayPropertyStart("repositories");
                  names.forEach(name -> json.writeString(name.text()));
                  json.writeEndArray();
                }));
  }
}
