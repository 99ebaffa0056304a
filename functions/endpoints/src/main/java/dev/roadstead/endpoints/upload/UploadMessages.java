package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.wire.UploadExchange.Message;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.util.OptionalLong;

/** A function's request as the exchange takes it: the body is at hand and its length known. */
final class UploadMessages {
  private UploadMessages() {}

  static Message of(ApiRequest request) {
    return new Message(
        request.repository(),
        request.address().last(),
        request.queryDigest(),
        request.header("Content-Range"),
        OptionalLong.of(request.body().length),
        Channels.newChannel(new ByteArrayInputStream(request.body())));
  }
}
