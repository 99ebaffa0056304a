package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What the operator is told when a service refuses, and what is tried again. */
class FailureTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:9");
  private static final Key KEY = new Key("p", "s");
  private static final ObjectKey OBJECT = new ObjectKey("data/ab/u");

  /** Lets the first calls fail as the service would. */
  private static final class Refusing implements ExecutionInterceptor {
    private final String code;
    private final int status;
    private int left;

    Refusing(String code, int status, int times) {
      this.code = code;
      this.status = status;
      this.left = times;
    }

    @Override
    public synchronized void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      if (left-- > 0) {
        var details = AwsErrorDetails.builder().errorCode(code).errorMessage("planned").build();
        throw DynamoDbException.builder()
            .awsErrorDetails(details)
            .statusCode(status)
            .message("planned")
            .build();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ProvisionedThroughputExceededException, 400",
    "ThrottlingException, 400",
    "RequestLimitExceeded, 400",
    "TransactionConflictException, 400",
    "InternalServerError, 500"
  })
  void triesAgainWhatMayWorkNextTime(String code, int status) {
    var refusing = new Refusing(code, status, 0);
    try (var stores = TestStores.onMoto(refusing)) {
      refusing.left = 3;
      var write = new Write.Put(Item.at(KEY).with("n", 1).build(), Condition.absent());
      assertThat(stores.metadata().write(write)).isInstanceOf(Outcome.Done.class);
      refusing.left = Retry.MAX_ATTEMPTS;
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores.metadata().get(KEY, Consistency.STRONG))
          .withMessageContaining("code=" + code)
          .withMessageContaining("attempts=" + Retry.MAX_ATTEMPTS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, lack a permission",
    "ExpiredTokenException, have expired",
    "UnrecognizedClientException, are not known",
    "ResourceNotFoundException, no such table"
  })
  void saysAtOnceWhatTheOperatorHasToDo(String code, String advice) {
    try (var stores = TestStores.open(NOBODY, NOBODY, new Refusing(code, 400, 1))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores.metadata().get(KEY, Consistency.STRONG))
          .withMessageContaining("action=GetItem code=" + code + " attempts=1")
          .withMessageContaining(advice);
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    try (var stores = TestStores.open(NOBODY, NOBODY)) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores.metadata().get(KEY, Consistency.STRONG))
          .withMessageContaining("code=ConnectException attempts=" + Retry.MAX_ATTEMPTS)
          .withMessageContaining("the endpoint does not answer");
    }
  }

  @Test
  void saysThatThereIsNoSuchTableAndNoSuchBucket() {
    try (var stores =
        TestStores.open(Servers.VERSITYGW.running().address(), Servers.MOTO.running().address())) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores.metadata().get(KEY, Consistency.STRONG))
          .withMessageContaining("no such table");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores.blobs().put(OBJECT, new byte[1]))
          .withMessageContaining("no such bucket");
    }
  }

  @Test
  void readsAnObjectOnlyByTheAddressThatWasSigned() throws IOException {
    try (var stores = TestStores.on(Servers.VERSITYGW)) {
      stores.blobs().put(OBJECT, new byte[] {1, 2, 3});
      var address = stores.blobs().readAddress(OBJECT, Duration.ofMinutes(1));
      assertThat(status(address.toURL())).isEqualTo(200);
      assertThat(status(URI.create(address + "0").toURL())).isEqualTo(403);
      var other = address.toString().replace("/u.object", "/v.object");
      assertThat(status(URI.create(other).toURL())).isEqualTo(403);
    }
  }

  private static int status(URL address) throws IOException {
    return ((HttpURLConnection) address.openConnection()).getResponseCode();
  }
}
