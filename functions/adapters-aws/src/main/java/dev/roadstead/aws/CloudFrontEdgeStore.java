package dev.roadstead.aws;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.store.EdgeStore;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * A key-value store of CloudFront (CloudFront KeyValueStore API: {@code DescribeKeyValueStore},
 * {@code UpdateKeys}). Whoever writes says which state the store had: its ETag.
 */
final class CloudFrontEdgeStore implements EdgeStore {
  private static final RegionlessSigner SIGNER = new RegionlessSigner("cloudfront-keyvaluestore");
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int ACCOUNT = 4;

  private final Supplier<AwsCredentials> credentials;
  private final InstantSource clock;
  private final URI service;
  private final String path;

  /**
   * A store.
   *
   * @param service where it is served
   */
  CloudFrontEdgeStore(
      Supplier<AwsCredentials> credentials, InstantSource clock, URI service, String storeArn) {
    this.credentials = credentials;
    this.clock = clock;
    this.service = service;
    this.path = "/key-value-stores/" + URLEncoder.encode(storeArn, StandardCharsets.UTF_8);
  }

  /** Where AWS serves the stores of the account that this name has. */
  static URI serviceOf(String storeArn) {
    var parts = storeArn.split(":", -1);
    if (parts.length <= ACCOUNT || !parts[ACCOUNT].matches("\\d{12}")) {
      throw new IllegalArgumentException("no ARN of a key-value store: " + storeArn);
    }
    return URI.create("https://" + parts[ACCOUNT] + ".cloudfront-kvs.global.api.aws");
  }

  @Override
  public String mark() {
    var answer = send("DescribeKeyValueStore", "GET", path, Map.of(), new byte[0]);
    if (answer.statusCode() != OK) {
      throw refused("DescribeKeyValueStore", answer);
    }
    return answer
        .headers()
        .firstValue("etag")
        .orElseThrow(() -> new StoreException("DescribeKeyValueStore answered without an ETag"));
  }

  @Override
  public boolean tell(String mark, Map<String, String> texts) {
    var headers = Map.of("content-type", "application/json", "if-match", mark);
    var answer = send("UpdateKeys", "POST", path + "/keys", headers, body(texts));
    if (answer.statusCode() == CONFLICT) {
      return false;
    }
    if (answer.statusCode() != OK) {
      throw refused("UpdateKeys", answer);
    }
    return true;
  }

  private static byte[] body(Map<String, String> texts) {
    return JsonDocument.write(
        json -> {
          json.writeArrayPropertyStart("Puts");
          new TreeMap<>(texts)
              .forEach(
                  (name, text) -> {
                    json.writeStartObject();
                    json.writeStringProperty("Key", name);
                    json.writeStringProperty("Value", text);
                    json.writeEndObject();
                  });
          json.writeEndArray();
        });
  }

  private HttpResponse<String> send(
      String action, String method, String path, Map<String, String> headers, byte[] body) {
    var request = new RegionlessSigner.Request(method, service.getAuthority(), path, headers, body);
    var all = new HashMap<>(headers);
    all.putAll(SIGNER.sign(request, credentials.get(), clock.instant()));
    var sent =
        HttpRequest.newBuilder(URI.create(service + path))
            .timeout(TIME_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, BodyPublishers.ofByteArray(body));
    all.forEach(sent::header);
    try (var http = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build()) {
      return http.send(sent.build(), BodyHandlers.ofString());
    } catch (IOException unreachable) {
      throw new StoreException(action + " got no answer", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoreException(action + " was interrupted", stopped);
    }
  }

  /** What the service says is about the request, and repeats no value of it. */
  private static StoreException refused(String action, HttpResponse<String> answer) {
    var reason = answer.headers().firstValue("x-amzn-errortype").orElse("no reason");
    return new StoreException(
        action + " was refused: status=" + answer.statusCode() + " reason=" + reason);
  }
}
