package dev.roadstead.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's clients, each made when it is first used. */
final class AwsClients implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** How long DynamoDB may be silent. */
  private static final Duration DYNAMODB_SILENCE = Duration.ofSeconds(5);

  /** How long S3 may be silent: it joins the parts of a large upload before it answers. */
  private static final Duration S3_SILENCE = Duration.ofSeconds(25);

  private final AwsSettings settings;
  private final List<ExecutionInterceptor> interceptors;
  private final LastCalls lastCalls = new LastCalls();
  private final Once<AwsCredentialsProvider> credentials =
      new Once<>(AwsClients::makeCredentials, provider -> {});
  private final Once<DynamoDbClient> dynamoDb =
      new Once<>(this::makeDynamoDb, DynamoDbClient::close);
  private final Once<S3Client> s3 = new Once<>(this::makeS3, S3Client::close);
  private final Once<S3Presigner> presigner = new Once<>(this::makePresigner, S3Presigner::close);

  /**
   * Clients with these settings.
   *
   * @param interceptors see every call; for tests that count calls or let them fail
   */
  AwsClients(AwsSettings settings, List<ExecutionInterceptor> interceptors) {
    this.settings = settings;
    this.interceptors =
        Stream.concat(interceptors.stream(), Stream.<ExecutionInterceptor>of(lastCalls)).toList();
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb.get();
  }

  S3Client s3() {
    return s3.get();
  }

  AwsCredentialsProvider credentials() {
    return credentials.get();
  }

  S3Presigner presigner() {
    return presigner.get();
  }

  /** Credentials for what no client of the SDK signs. */
  AwsCredentials resolvedCredentials() {
    return credentials.get().resolveCredentials();
  }

  /** Does some work, and leaves no connection open behind it. */
  void leavingNoConnection(Runnable work) {
    lastCalls.during(work);
    close();
  }

  /** What is at hand at once where it can be: the whole chain is slow to set up. */
  private static AwsCredentialsProvider makeCredentials() {
    if (SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()) {
      return EnvironmentVariableCredentialsProvider.create();
    }
    // How a function gets them that is restored from a snapshot.
    if (SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.getStringValue().isPresent()) {
      return ContainerCredentialsProvider.builder().build();
    }
    return DefaultCredentialsProvider.builder().build();
  }

  private DynamoDbClient makeDynamoDb() {
    return configured(DynamoDbClient.builder(), settings.dynamoDbEndpoint())
        .httpClient(http(DYNAMODB_SILENCE))
        .build();
  }

  private S3Client makeS3() {
    return configured(S3Client.builder(), settings.s3Endpoint())
        .httpClient(http(S3_SILENCE))
        .serviceConfiguration(s3Configuration())
        // Servers other than AWS need not know checksums behind the body; ours stand before it.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  private S3Presigner makePresigner() {
    var builder =
        S3Presigner.builder()
            .credentialsProvider(credentials.get())
            .serviceConfiguration(s3Configuration());
    settings.s3Endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private S3Configuration s3Configuration() {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(settings.s3Endpoint().isPresent())
        .chunkedEncodingEnabled(false)
        .expectContinueEnabled(false)
        .build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(B builder, Optional<URI> endpoint) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .credentialsProvider(credentials.get())
        .overrideConfiguration(
            configuration ->
                configuration
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .executionInterceptors(interceptors));
  }

  private static SdkHttpClient http(Duration silence) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_LIMIT)
        .socketTimeout(silence)
        .build();
  }

  /** Closes the connections and forgets the credentials; the next call takes new ones. */
  @Override
  public void close() {
    dynamoDb.renew();
    s3.renew();
    presigner.renew();
    credentials.renew();
  }
}
