package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.registry.Repositories;
import dev.roadstead.registry.Version;
import dev.roadstead.wire.Answer;
import java.util.Optional;

/** {@code GET /api/v1/status}: what runs here, and how much it has, as far as counting is cheap. */
public final class Status implements Endpoint {
  /** How many repositories are counted; one page of the store. */
  static final int MAX_COUNTED = 1000;

  private final Repositories repositories;

  /** Counts these repositories. */
  public Status(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var listing = repositories.list(Optional.empty(), MAX_COUNTED);
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeStringProperty("version", Version.TEXT);
                  json.writeNumberProperty("repositories", listing.names().size());
                  json.writeBooleanProperty("moreRepositories", listing.more());
                }));
  }
}
