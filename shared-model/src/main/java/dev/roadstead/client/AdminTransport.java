package dev.roadstead.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Carries requests of administration to a registry: over HTTP, or to functions in this process. */
public interface AdminTransport extends AutoCloseable {
  /** What every address of administration begins with. */
  String ROOT = "/api/v1/";

  /**
   * Gets the answer, whatever its status.
   *
   * @throws IOException when there is none
   */
  Reply send(Request request) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * A request.
   *
   * @param resource what follows {@value #ROOT}, not encoded
   * @param query parameters, not encoded
   * @param document a JSON object
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Request(
      String method, String resource, Map<String, String> query, Optional<byte[]> document) {}

  /** An answer: its status and its JSON, of which there may be none. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Reply(int status, byte[] body) {}
}
