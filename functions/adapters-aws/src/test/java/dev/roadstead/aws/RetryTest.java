package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.store.Condition;
import dev.roadstead.store.ContentionException;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** How long a call is tried, and what is said when others were in the way to the end. */
class RetryTest {
  private final VirtualTime time = new VirtualTime();
  private final List<Duration> pauses = new ArrayList<>();

  private Retry retry() {
    return new Retry(
        time,
        new Random(1),
        pause -> {
          pauses.add(pause);
          time.pass(pause);
        });
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage("planned").build();
  }

  @Test
  void triesEightTimesWithPausesThatMayDouble() throws InterruptedException {
    time.run(List.of(new VirtualTime.Task(Duration.ZERO, () -> triesInVain(Duration.ZERO))));
    assertThat(pauses).hasSize(Retry.MAX_ATTEMPTS - 1);
    for (int n = 0; n < pauses.size(); n++) {
      assertThat(pauses.get(n))
          .isPositive()
          .isLessThanOrEqualTo(Retry.FIRST_PAUSE.multipliedBy(1L << n));
    }
  }

  @Test
  void beginsNoTryWhenItsTimeIsOver() throws InterruptedException {
    var half = Retry.MAX_TIME.dividedBy(2);
    time.run(List.of(new VirtualTime.Task(Duration.ZERO, () -> triesInVain(half))));
    assertThat(pauses).hasSize(1);
  }

  private void triesInVain(Duration each) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                retry()
                    .call(
                        "Call",
                        () -> {
                          time.pass(each);
                          throw DynamoDbException.builder()
                              .awsErrorDetails(details("ThrottlingException"))
                              .statusCode(400)
                              .build();
                        }));
  }

  /** Others are always at the second item of a transaction. */
  private static final class Occupied implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      if (context.request() instanceof TransactWriteItemsRequest) {
        throw TransactionCanceledException.builder()
            .cancellationReasons(
                CancellationReason.builder().code("ConditionalCheckFailed").build(),
                CancellationReason.builder().code("TransactionConflict").build())
            .awsErrorDetails(details("TransactionCanceledException"))
            .statusCode(400)
            .build();
      }
    }
  }

  @Test
  void namesTheItemsThatOthersHeldToTheEnd() throws InterruptedException {
    var first = new Write.Put(Item.at(new Key("p", "1")).with("n", 1).build(), Condition.absent());
    var second = new Write.Put(Item.at(new Key("p", "2")).with("n", 1).build(), Condition.absent());
    var settings = TestStores.nowhere();
    try (var stores =
        new AwsStores(settings, TestStores.surroundings(), List.of(new Occupied()), retry())) {
      time.run(
          List.of(
              new VirtualTime.Task(
                  Duration.ZERO,
                  () ->
                      assertThatExceptionOfType(ContentionException.class)
                          .isThrownBy(
                              () -> stores.metadata().transact(Transaction.of(first, second)))
                          .withMessageContaining("attempts=" + Retry.MAX_ATTEMPTS)
                          .satisfies(e -> assertThat(e.keys()).containsExactly(second.key())))));
    }
  }
}
