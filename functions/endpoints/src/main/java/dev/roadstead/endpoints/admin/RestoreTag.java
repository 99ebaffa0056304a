package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.TagHistory;
import dev.roadstead.registry.TagHistory.Restoration;
import dev.roadstead.wire.Answer;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /api/v1/history/<name>}: puts a tag back to where it pointed after a move, or before
 * its last one: {@code {"tag": "latest", "version": 1767225600000}}.
 */
public final class RestoreTag implements Endpoint {
  private static final String TAG = "tag";
  private static final String VERSION = "version";

  private final TagHistory history;

  /** Goes by this history. */
  public RestoreTag(TagHistory history) {
    this.history = history;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var asked = RequestDocument.read(request.body(), Set.of(TAG, VERSION));
    var tag = ApiRequest.read(asked.text(TAG), Tag::new, ErrorCode.TAG_INVALID);
    var number = asked.numberIfAny(VERSION);
    var version = number.isPresent() ? Optional.of(number.getAsLong()) : Optional.<Long>empty();
    return switch (history.restore(request.repository(), tag, version, request.caller())) {
      case Restoration.Restored(var digest) ->
          Answer.of(200)
              .withBody(
                  "application/json",
                  JsonDocument.write(
                      json -> {
                        json.writeStringProperty(TAG, tag.text());
                        json.writeStringProperty("digest", digest.toString());
                      }));
      case Restoration.NoSuchMove none ->
          throw ErrorCode.MANIFEST_UNKNOWN.about(
              "the history of " + tag + " has no such move; see roadstead tag history");
      case Restoration.TagIsImmutable kept ->
          throw ErrorCode.DENIED.about("the tag " + tag + " is immutable: it stays where it is");
      case Restoration.ManifestGone(var digest) ->
          throw ErrorCode.MANIFEST_UNKNOWN.about(
              "the manifest " + digest + " is deleted; get it back first, with roadstead undelete");
    };
  }
}
