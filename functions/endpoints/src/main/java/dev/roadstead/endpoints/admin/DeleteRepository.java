package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.RepositoryDelete;
import dev.roadstead.wire.Answer;

/**
 * {@code DELETE /api/v1/repositories/<name>}: deletes a repository, or as much of it as one request
 * may; the answer says whether to ask again.
 */
public final class DeleteRepository implements Endpoint {
  private final RepositoryDelete repositories;

  /** Deletes by this. */
  public DeleteRepository(RepositoryDelete repositories) {
    this.repositories = repositories;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return switch (repositories.delete(request.repository(), request.caller())) {
      case DELETED -> answer(true);
      case UNDER_WAY -> answer(false);
      case UNKNOWN -> throw ErrorCode.NAME_UNKNOWN.raise();
    };
  }

  private static Answer answer(boolean deleted) {
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(json -> json.writeBooleanProperty("deleted", deleted)));
  }
}
