package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The client of the edge's store, against a server that has its two operations and its ETag. */
class CloudFrontEdgeStoreTest {
  private static final String ARN = "arn:aws:cloudfront::111122223333:key-value-store/a-b";
  private static final String PATH =
      "/key-value-stores/arn%3Aaws%3Acloudfront%3A%3A111122223333%3Akey-value-store%2Fa-b";

  private record Seen(String method, String path, String authorization, String body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile String etag = "first";
  private volatile int status = 200;
  private CloudFrontEdgeStore store;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    store =
        new CloudFrontEdgeStore(
            () -> AwsBasicCredentials.create("AKID", "secret"),
            InstantSource.system(),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            ARN);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            headers.getFirst("Authorization"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    boolean writes = exchange.getRequestMethod().equals("POST");
    exchange.getResponseHeaders().add("ETag", etag);
    exchange.getResponseHeaders().add("x-amzn-ErrorType", "SomeException");
    boolean stale = writes && !etag.equals(headers.getFirst("If-Match"));
    exchange.sendResponseHeaders(stale ? 409 : status, -1);
    exchange.close();
  }

  @Test
  void tellsAllTextsAtOnceWhereNobodyElseDid() {
    assertThat(store.tell(store.mark(), Map.of("b", "2", "a", "1 \"x\""))).isTrue();

    assertThat(seen).extracting(Seen::method).containsExactly("GET", "POST");
    assertThat(seen).extracting(Seen::path).containsExactly(PATH, PATH + "/keys");
    assertThat(seen.getLast().body())
        .isEqualTo(
            "{\"Puts\":[{\"Key\":\"a\",\"Value\":\"1 \\\"x\\\"\"},{\"Key\":\"b\",\"Value\":\"2\"}]}");
    assertThat(seen)
        .allMatch(s -> s.authorization().startsWith("AWS4-ECDSA-P256-SHA256 Credential=AKID/"))
        .allMatch(s -> s.authorization().contains("/cloudfront-keyvaluestore/aws4_request"));
  }

  @Test
  void tellsNothingWhenSomebodyElseDid() {
    var mark = store.mark();
    etag = "second";

    assertThat(store.tell(mark, Map.of("a", "1"))).isFalse();
  }

  @Test
  void failsWithTheServicesReasonAndNoText() {
    var mark = store.mark();
    status = 403;

    assertThatThrownBy(() -> store.tell(mark, Map.of("a", "a-secret-text")))
        .isInstanceOf(StoreException.class)
        .hasMessage("UpdateKeys was refused: status=403 reason=SomeException");
    assertThatThrownBy(store::mark).hasMessageStartingWith("DescribeKeyValueStore was refused");
  }

  @Test
  void failsWhenTheServiceIsNotThere() {
    server.stop(0);

    assertThatThrownBy(store::mark)
        .isInstanceOf(StoreException.class)
        .hasMessage("DescribeKeyValueStore got no answer");
  }

  @Test
  void looksForTheServiceInTheAccountOfTheStore() {
    assertThat(CloudFrontEdgeStore.serviceOf(ARN))
        .hasToString("https://111122223333.cloudfront-kvs.global.api.aws");
    assertThatIllegalArgumentException().isThrownBy(() -> CloudFrontEdgeStore.serviceOf("a:b"));
  }
}
