package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.registry.TombstoneRecord;
import dev.roadstead.registry.Undeletion;
import dev.roadstead.wire.Answer;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/v1/trash/<name>}: deleted manifests that can come back, the oldest first. */
public final class ListTrash implements Endpoint {
  private final Undeletion undeletion;

  /** Lists what this can bring back. */
  public ListTrash(Undeletion undeletion) {
    this.undeletion = undeletion;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var page = undeletion.list(request.repository(), request.parameter("after"));
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeArrayPropertyStart("manifests");
                  page.tombstones().forEach(each -> write(json, each));
                  json.writeEndArray();
                  page.next().ifPresent(next -> json.writeStringProperty("next", next));
                }));
  }

  private static void write(JsonGenerator json, TombstoneRecord tombstone) {
    json.writeStartObject();
    json.writeStringProperty("digest", tombstone.digest().toString());
    json.writeStringProperty("mediaType", tombstone.mediaType().text());
    json.writeNumberProperty("sizeBytes", tombstone.sizeBytes());
    json.writeStringProperty("by", tombstone.by());
    json.writeNumberProperty("atSeconds", tombstone.atSeconds());
    json.writeNumberProperty("expiresAtSeconds", tombstone.expiresAtSeconds());
    json.writeArrayPropertyStart("tags");
    tombstone.tags().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }
}
