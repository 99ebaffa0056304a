package dev.roadstead.endpoints.manifest;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestDelete;
import dev.roadstead.registry.ManifestDelete.Deletion;
import dev.roadstead.route.Action;
import dev.roadstead.wire.Answer;
import java.util.Optional;

/**
 * {@code DELETE /v2/<name>/manifests/<reference>} (end-9): a tag alone, or a manifest with all its
 * tags; not while an index names it.
 */
public final class DeleteManifest implements Endpoint {
  private final ManifestDelete manifests;

  /** Deletes manifests here. */
  public DeleteManifest(ManifestDelete manifests) {
    this.manifests = manifests;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var repository = request.repository();
    var deletion =
        switch (request.reference()) {
          case Tag tag -> manifests.untag(repository, tag, request.caller());
          case Digest digest ->
              manifests.delete(
                  repository,
                  digest,
                  request.caller(),
                  tag -> request.may(Action.DELETE, repository, Optional.of(tag)));
        };
    return switch (deletion) {
      case Deletion.Deleted deleted -> Answer.of(202);
      case Deletion.Unknown unknown -> throw ErrorCode.MANIFEST_UNKNOWN.raise();
      case Deletion.Protected kept ->
          throw ErrorCode.DENIED.about(
              "this manifest has a tag that this account may not delete, so it stays");
      case Deletion.Immutable kept ->
          throw ErrorCode.DENIED.about(
              "this is an immutable tag, or a manifest that has one, so it stays");
      case Deletion.InUse(var holder) ->
          throw ErrorCode.IN_USE.about(
              "the index "
                  + holder.map(Object::toString).orElse("of some image in this repository")
                  + " names this manifest; delete the index first");
    };
  }
}
