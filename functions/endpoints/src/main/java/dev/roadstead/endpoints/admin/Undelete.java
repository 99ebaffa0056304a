package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.RepositoryUndelete;
import dev.roadstead.registry.Undeletion;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * {@code POST /api/v1/trash/<name>}: brings a deleted manifest back, {@code {"digest":
 * "sha256:…"}}, or without a digest the whole repository, from {@code "after"} on.
 */
public final class Undelete implements Endpoint {
  private static final String DIGEST = "digest";
  private static final String AFTER = "after";

  private final Undeletion manifests;
  private final RepositoryUndelete repositories;

  /** Brings back by these. */
  public Undelete(Undeletion manifests, RepositoryUndelete repositories) {
    this.manifests = manifests;
    this.repositories = repositories;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var asked = RequestDocument.read(request.body(), Set.of(DIGEST, AFTER));
    var digest =
        asked
            .textIfAny(DIGEST)
            .map(text -> ApiRequest.read(text, Digest::parse, ErrorCode.DIGEST_INVALID));
    return digest.isPresent()
        ? manifest(request, digest.get())
        : repository(request, asked.textIfAny(AFTER));
  }

  private Answer manifest(ApiRequest request, Digest digest) {
    return switch (manifests.manifest(request.repository(), digest, request.caller())) {
      case Undeletion.Outcome.Restored restored ->
          answer(
              json -> {
                texts(json, "manifests", restored.manifests());
                texts(json, "tags", restored.tags());
                texts(json, "movedOn", restored.movedOn());
              });
      case Undeletion.Outcome.Unknown unknown ->
          throw ErrorCode.MANIFEST_UNKNOWN.about(
              "no such manifest is in the trash; see roadstead trash list");
      case Undeletion.Outcome.Incomplete(var gone) -> throw incomplete(gone);
    };
  }

  private static RegistryException incomplete(List<Digest> gone) {
    var names = gone.stream().map(Digest::toString).collect(Collectors.joining(", "));
    return ErrorCode.MANIFEST_UNKNOWN.about(
        "it cannot come back whole, so nothing was brought back; gone for good: " + names);
  }

  private Answer repository(ApiRequest request, Optional<String> after) {
    return switch (repositories.restore(request.repository(), after, request.caller())) {
      case RepositoryUndelete.Outcome.Restored restored ->
          answer(
              json -> {
                json.writeNumberProperty("manifests", restored.manifests());
                texts(json, "gone", restored.gone());
                restored.next().ifPresent(next -> json.writeStringProperty("next", next));
              });
      case RepositoryUndelete.Outcome.StillDeleting deleting ->
          throw ErrorCode.NAME_UNKNOWN.about(
              "its deletion is not finished; finish it with roadstead repository delete, then"
                  + " bring it back");
      case RepositoryUndelete.Outcome.Unknown unknown ->
          throw ErrorCode.NAME_UNKNOWN.about("no such repository was deleted lately");
    };
  }

  private static Answer answer(Consumer<JsonGenerator> properties) {
    return Answer.of(200).withBody("application/json", JsonDocument.write(properties));
  }

  private static void texts(JsonGenerator json, String name, List<?> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(value -> json.writeString(value.toString()));
    json.writeEndArray();
  }
}
