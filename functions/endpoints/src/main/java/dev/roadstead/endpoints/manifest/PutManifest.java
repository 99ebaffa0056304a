package dev.roadstead.endpoints.manifest;

import dev.roadstead.document.ManifestDocument;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.Problem;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestPut;
import dev.roadstead.registry.ManifestPut.Push;
import dev.roadstead.registry.PutResult;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Limits;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code PUT /v2/<name>/manifests/<reference>} (end-7), beside a digest with any number of {@code
 * tag} parameters (end-7b). Each tag is a step of its own: when one is refused, or the machine
 * stops, the manifest and the tags before it are there, and the same push again does the rest.
 */
public final class PutManifest implements Endpoint {
  private final ManifestPut manifests;

  /** Stores manifests here. */
  public PutManifest(ManifestPut manifests) {
    this.manifests = manifests;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var bytes = request.body();
    if (bytes.length > Limits.MANIFEST_BYTES) {
      throw EdgeRouter.tooLong(request.operation());
    }
    var document = ManifestReader.read(contentType(request), bytes);
    var digest = digest(request.reference(), bytes);
    var tags = request.tags().stream().map(Optional::of).toList();
    for (var tag : tags.isEmpty() ? List.of(Optional.<Tag>empty()) : tags) {
      put(new Push(request.repository(), tag, digest, document, bytes, request.caller(), "push"));
    }
    return stored(request, digest, document);
  }

  private void put(Push push) {
    switch (manifests.put(push)) {
      case PutResult.Stored stored -> {}
      case PutResult.Incomplete(List<Digest> missing) -> throw incomplete(missing);
      case PutResult.RepositoryIsBeingDeleted deleting ->
          throw ErrorCode.DENIED.about(
              "the repository is being deleted; push again when that is done");
      case PutResult.TagIsImmutable kept ->
          throw ErrorCode.DENIED.about(
              "the tag "
                  + push.tag().map(Tag::text).orElse("")
                  + " is immutable and points to another manifest; push under a new tag");
      case PutResult.TooManyChildren(int children, int limit) ->
          throw ErrorCode.MANIFEST_INVALID.about(
              "the manifest names " + children + " blobs or manifests; " + limit + " are possible");
    }
  }

  private static Optional<String> contentType(ApiRequest request) {
    return request
        .header("Content-Type")
        .map(value -> value.replaceFirst(";.*", "").strip())
        .filter(value -> !value.isEmpty());
  }

  private static Digest digest(Reference reference, byte[] bytes) {
    return switch (reference) {
      case Tag tag -> Digest.sha256(bytes);
      case Digest digest -> {
        var actual = Digest.of(digest.algorithm(), bytes);
        if (!actual.equals(digest)) {
          throw ErrorCode.DIGEST_INVALID.about("the manifest has the digest " + actual);
        }
        yield digest;
      }
    };
  }

  private static Answer stored(ApiRequest request, Digest digest, ManifestDocument document) {
    var answer =
        Answer.of(201)
            .with(
                "Location",
                "/v2/" + request.repository() + "/manifests/" + request.address().last())
            .with("Docker-Content-Digest", digest);
    if (document.subject().isPresent()) {
      answer = answer.with("OCI-Subject", document.subject().get());
    }
    return request.reference() instanceof Digest && !request.tags().isEmpty()
        ? answer.with("OCI-Tag", join(request.tags()))
        : answer;
  }

  private static String join(List<Tag> tags) {
    return tags.stream().map(Tag::text).collect(Collectors.joining(", "));
  }

  private static RegistryException incomplete(List<Digest> missing) {
    return new RegistryException(
        missing.stream()
            .map(
                digest ->
                    new Problem(
                        ErrorCode.MANIFEST_BLOB_UNKNOWN,
                        "the repository does not have " + digest + "; push it first",
                        Map.of("digest", digest.toString())))
            .toList());
  }
}
