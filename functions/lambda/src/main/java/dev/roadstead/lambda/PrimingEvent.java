package dev.roadstead.lambda;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.UUID;

/**
 * A request for the first walk through a function: it is about things that are never there, so it
 * looks for them and changes nothing.
 */
final class PrimingEvent {
  private static final RepositoryName REPOSITORY = new RepositoryName("roadstead/priming");
  private static final SessionId SESSION = new SessionId(new UUID(0, 0));
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  /** Names a blob that is missing. */
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
       "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
       "layers":[]}"""
          .formatted(DIGEST);

  private PrimingEvent() {}

  /** A request to the function of this operation, as the edge would send it. */
  static byte[] of(Operation operation, LocationKeys keys, OriginSecrets origin) {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("version", "2.0");
          json.writeStringProperty("rawPath", path(operation, keys));
          json.writeStringProperty("rawQueryString", query(operation));
          json.writeObjectPropertyStart("headers");
          json.writeStringProperty("accept", "*/*");
          origin.said().ifPresent(said -> json.writeStringProperty(OriginSecrets.HEADER, said));
          json.writeEndObject();
          json.writeObjectPropertyStart("requestContext");
          json.writeObjectPropertyStart("http");
          json.writeStringProperty("method", Collections.min(operation.methods()).name());
          json.writeEndObject();
          json.writeEndObject();
          if (operation.body() == Operation.Body.MANIFEST) {
            json.writeBinaryProperty("body", MANIFEST.getBytes(StandardCharsets.UTF_8));
            json.writeBooleanProperty("isBase64Encoded", true);
          }
        });
  }

  private static String path(Operation operation, LocationKeys keys) {
    var location = new UploadLocation(REPOSITORY, SESSION, Phase.FRESH, 0);
    return operation
        .place()
        .template()
        .replace("<name>", REPOSITORY.text())
        .replace("<reference>", "priming")
        .replace("<digest>", DIGEST)
        .replace("<location>", keys.sign(location));
  }

  /** An upload is begun with a digest that is none, because any other request would begin one. */
  private static String query(Operation operation) {
    if (operation == Operation.START_UPLOAD) {
      return "digest=none";
    }
    return operation == Operation.FINISH_UPLOAD ? "digest=" + DIGEST : "";
  }
}
