package dev.roadstead.endpoints.list;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Repositories;
import dev.roadstead.route.Action;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v2/_catalog}: repositories in byte order, page by page, those that the caller may
 * pull something of. Not in the OCI spec; Docker's clients know it.
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
    var page =
        Shown.collect(
            request.parameter("last"),
            limit,
            after -> {
              var listing = repositories.list(after, limit);
              return new Shown.Read<>(listing.names(), listing.more());
            },
            name -> maySee(request, name));
    var answer = answer(page.names());
    return page.next()
        .map(last -> Paging.withNext(answer, "/v2/_catalog", "n=" + limit + "&", last.text()))
        .orElse(answer);
  }

  private static boolean maySee(ApiRequest request, RepositoryName name) {
    return request.may(Action.LIST_REPOSITORIES, name, Optional.empty());
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
