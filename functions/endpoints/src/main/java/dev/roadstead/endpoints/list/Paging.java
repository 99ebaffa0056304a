package dev.roadstead.endpoints.list;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.wire.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paging of lists: {@code n}, {@code last}, and {@code Link} to the next page (RFC 8288). */
final class Paging {
  /** The longest page, and the one a client gets that does not say {@code n}. */
  static final int MAX_PAGE = 1000;

  private Paging() {}

  /** How many entries the client wants, cut to {@value #MAX_PAGE}. */
  static int limit(ApiRequest request) {
    var text = request.parameter("n");
    if (text.isEmpty()) {
      return MAX_PAGE;
    }
    if (!text.get().matches("\\d{1,18}")) {
      throw ErrorCode.PAGE_INVALID.raise();
    }
    return (int) Math.min(Long.parseLong(text.get()), MAX_PAGE);
  }

  /** The same answer, with the way to the next page. */
  static Answer withNext(Answer answer, String path, String parameters, String last) {
    var encoded = URLEncoder.encode(last, StandardCharsets.UTF_8);
    return answer.with(
        "Link", "<" + path + "?" + parameters + "last=" + encoded + ">; rel=\"next\"");
  }
}
