package dev.roadstead.aws;

import dev.roadstead.store.RelayMachine;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * An instance of EC2. Its one call, {@code StartInstances}, changes nothing where the instance is
 * starting or runs already. Decision 0078 says why it is made without the SDK's client for EC2.
 */
final class Ec2RelayMachine implements RelayMachine {
  private static final String SERVICE = "ec2";
  private static final String API_VERSION = "2016-11-15";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  /** How much of an answer is read. */
  private static final int MAX_ANSWER_BYTES = 16 * 1024;

  private static final Pattern CURRENT_STATE =
      Pattern.compile("<currentState>.*?<name>([a-z-]{1,32})</name>", Pattern.DOTALL);
  private static final Pattern PREVIOUS_STATE =
      Pattern.compile("<previousState>.*?<name>([a-z-]{1,32})</name>", Pattern.DOTALL);
  private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

  /** What EC2 says of an instance that is stopping. */
  private static final String NOT_IN_THIS_STATE = "IncorrectInstanceState";

  private final RelaySettings settings;
  private final Supplier<AwsCredentialsProvider> credentials;
  private final Retry retry;

  Ec2RelayMachine(
      RelaySettings settings, Supplier<AwsCredentialsProvider> credentials, Retry retry) {
    this.settings = settings;
    this.credentials = credentials;
    this.retry = retry;
  }

  @Override
  public Start start() {
    return retry.call("StartInstances", this::tryToStart);
  }

  private Start tryToStart() {
    var answer = call(signed());
    return switch (answer) {
      case Answered.Done(String document) -> started(document);
      case Answered.Refused(int status, String code) -> {
        if (code.equals(NOT_IN_THIS_STATE)) {
          yield new Start.Stopping();
        }
        throw AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
      }
    };
  }

  /** What runs has been so before; whatever else there is has begun with this start. */
  private static Start started(String document) {
    return state(PREVIOUS_STATE, document).equals("running")
        ? new Start.Running()
        : state(CURRENT_STATE, document).equals("stopping")
            ? new Start.Stopping()
            : new Start.Starting();
  }

  private static String state(Pattern which, String document) {
    var found = which.matcher(document);
    return found.find() ? found.group(1) : "";
  }

  private SignedRequest signed() {
    var region = new DefaultAwsRegionProviderChain().getRegion();
    var form =
        "Action=StartInstances&Version=%s&InstanceId.1=%s"
            .formatted(
                API_VERSION, URLEncoder.encode(settings.instanceId(), StandardCharsets.UTF_8));
    var body = form.getBytes(StandardCharsets.UTF_8);
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(settings.ec2Endpoint().orElseGet(() -> endpoint(region)))
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .putHeader("Content-Length", String.valueOf(body.length))
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            signing ->
                signing
                    .identity(credentials.get().resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
  }

  private static URI endpoint(Region region) {
    return URI.create("https://" + ServiceMetadata.of(SERVICE).endpointFor(region));
  }

  private sealed interface Answered {
    record Done(String document) implements Answered {}

    record Refused(int status, String code) implements Answered {}
  }

  /** A connection for this call alone: it is made once in a while. */
  private static Answered call(SignedRequest signed) {
    var prepared = HttpExecuteRequest.builder().request(signed.request());
    signed.payload().ifPresent(prepared::contentStreamProvider);
    try (var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_LIMIT)
            .socketTimeout(SILENCE_LIMIT)
            .build()) {
      var response = http.prepareRequest(prepared.build()).call();
      var document = document(response);
      int status = response.httpResponse().statusCode();
      if (response.httpResponse().isSuccessful()) {
        return new Answered.Done(document);
      }
      var code = ERROR_CODE.matcher(document);
      return new Answered.Refused(status, code.find() ? code.group(1) : "HTTP" + status);
    } catch (IOException failed) {
      throw SdkClientException.create("StartInstances was not answered", failed);
    }
  }

  private static String document(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return "";
    }
    try (var bytes = response.responseBody().get()) {
      return new String(bytes.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
    }
  }
}
