package dev.roadstead.endpoints.http;

import dev.roadstead.error.RegistryException;
import dev.roadstead.wire.Answer;

/** One operation of the API. Stateless: it keeps nothing from one request to the next. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers one request.
   *
   * @throws RegistryException for what the client has to be told
   */
  Answer handle(ApiRequest request);
}
