package dev.roadstead.endpoints.list;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.model.MediaType;
import dev.roadstead.registry.Referrers;
import dev.roadstead.wire.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code GET /v2/<name>/referrers/<digest>} (end-12a, end-12b): an index of what refers to a
 * manifest; empty for one that nothing refers to, and for one that is not there.
 */
public final class ListReferrers implements Endpoint {
  private final Referrers referrers;

  /** Lists these referrers. */
  public ListReferrers(Referrers referrers) {
    this.referrers = referrers;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var repository = request.repository();
    var subject = request.digest();
    var artifactType = request.parameter("artifactType").filter(type -> !type.isEmpty());
    var listing = referrers.list(repository, subject, artifactType, request.parameter("last"));
    var answer = Answer.of(200).withBody(MediaType.OCI_INDEX.text(), index(listing.descriptors()));
    if (artifactType.isPresent()) {
      answer = answer.with("OCI-Filters-Applied", "artifactType");
    }
    if (listing.next().isEmpty()) {
      return answer;
    }
    var filter =
        artifactType
            .map(type -> "artifactType=" + URLEncoder.encode(type, StandardCharsets.UTF_8) + "&")
            .orElse("");
    var path = "/v2/" + repository + "/referrers/" + subject;
    return Paging.withNext(answer, path, filter, listing.next().get());
  }

  private static byte[] index(List<byte[]> descriptors) {
    return JsonDocument.write(
        json -> {
          json.writeNumberProperty("schemaVersion", 2);
          json.writeStringProperty("mediaType", MediaType.OCI_INDEX.text());
          json.writeArrayPropertyStart("manifests");
          descriptors.forEach(
              descriptor -> json.writeRawValue(new String(descriptor, StandardCharsets.UTF_8)));
          json.writeEndArray();
        });
  }
}
