package dev.roadstead.endpoints.ping;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import java.nio.charset.StandardCharsets;

/** {@code GET /v2/} (end-1): this is a registry. */
public final class Ping implements Endpoint {
  @Override
  public Answer handle(ApiRequest request) {
    return Answer.of(200).withBody("application/json", "{}".getBytes(StandardCharsets.UTF_8));
  }
}
