package dev.roadstead.endpoints.blob;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Blobs;
import dev.roadstead.registry.Blobs.Deletion;
import dev.roadstead.wire.Answer;

/** {@code DELETE /v2/<name>/blobs/<digest>} (end-10): not while a manifest names the blob. */
public final class DeleteBlob implements Endpoint {
  private final Blobs blobs;

  /** Deletes among these blobs. */
  public DeleteBlob(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var digest = request.digest();
    return switch (blobs.delete(request.repository(), digest, request.caller())) {
      case Deletion.Deleted deleted -> Answer.of(202);
      case Deletion.Unknown unknown -> throw ErrorCode.BLOB_UNKNOWN.raise();
      case Deletion.InUse(var holder) ->
          throw ErrorCode.IN_USE.about(
              "the manifest "
                  + holder.map(Object::toString).orElse("of some image in this repository")
                  + " names this blob; delete the manifest first");
    };
  }
}
