package dev.roadstead.relay.server;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.route.Limits;
import dev.roadstead.wire.ErrorDocument;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never gets as far as the edge, requests that are no HTTP for example, in the spec's
 * JSON. The server's own words are left out: they are for the people who wrote it.
 */
public final class ServerErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var answer = ErrorDocument.of(refusal(response.getStatus()));
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    var bytes = ByteBuffer.wrap(answer.body());
    if (isHttp1(request)) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      var client = request.getConnectionMetaData().getConnection().getEndPoint();
      response.write(true, bytes, Callback.from(() -> LateBytes.drop(client), callback));
    } else {
      response.write(true, bytes, callback);
    }
    return true;
  }

  private static boolean isHttp1(Request request) {
    var version = request.getConnectionMetaData().getHttpVersion();
    return version.getVersion() < HttpVersion.HTTP_2.getVersion();
  }

  private static RegistryException refusal(int status) {
    return switch (status) {
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
          ErrorCode.HEAD_TOO_LARGE.about(
              "the request line and headers have at most " + Limits.REQUEST_HEAD_BYTES + " bytes");
      case HttpStatus.REQUEST_TIMEOUT_408 -> ErrorCode.REQUEST_TIMEOUT.raise();
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          ErrorCode.UNAVAILABLE.about("the registry is shutting down; try again");
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> ErrorCode.INTERNAL.raise();
      default -> ErrorCode.REQUEST_INVALID.about("this is no HTTP request that a server must take");
    };
  }
}
