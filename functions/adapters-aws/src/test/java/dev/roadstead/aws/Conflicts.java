package dev.roadstead.aws;

import dev.roadstead.store.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Lets a server that makes no conflicts make those of DynamoDB: an item is in one transaction at a
 * time, and another one that comes meanwhile is cancelled. What is cancelled has held its other
 * items until then, so the picture is rather too dark.
 */
final class Conflicts implements ExecutionInterceptor {
  private static final Duration TRANSACTION = Duration.ofMillis(12);
  private static final Duration CANCELLED = Duration.ofMillis(6);
  private static final Duration OTHER_CALL = Duration.ofMillis(4);
  private static final ExecutionAttribute<Set<Key>> HELD = new ExecutionAttribute<>("held");

  private final VirtualTime time;
  private final boolean ofChecks;
  private final Set<Key> held = new HashSet<>();
  private final Map<Key, Integer> counts = new HashMap<>();
  private int transactions;

  /**
   * Conflicts in this time.
   *
   * @param ofChecks whether an item that a transaction only checks is held too, as DynamoDB's
   *     documentation has it
   */
  Conflicts(VirtualTime time, boolean ofChecks) {
    this.time = time;
    this.ofChecks = ofChecks;
  }

  /** How many transactions were sent. */
  int transactions() {
    return transactions;
  }

  /** How many of them were cancelled because of this item. */
  Map<Key, Integer> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof TransactWriteItemsRequest request)) {
      time.pass(OTHER_CALL);
      return;
    }
    transactions++;
    var reasons = new ArrayList<CancellationReason>();
    var mine = new HashSet<Key>();
    boolean conflict = false;
    for (var item : request.transactItems()) {
      var key = key(item);
      boolean taken = held.contains(key) && isHeld(item);
      conflict |= taken;
      if (taken) {
        counts.merge(key, 1, Integer::sum);
      } else if (isHeld(item)) {
        mine.add(key);
      }
      reasons.add(
          CancellationReason.builder().code(taken ? "TransactionConflict" : "None").build());
    }
    held.addAll(mine);
    if (conflict) {
      time.pass(CANCELLED);
      held.removeAll(mine);
      throw cancelled(reasons);
    }
    attributes.putAttribute(HELD, mine);
    time.pass(TRANSACTION);
  }

  /** When the server has answered the transaction has happened, whatever it has answered. */
  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    letGo(attributes);
  }

  /** A call that gets no answer holds nothing either. */
  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    letGo(attributes);
  }

  private void letGo(ExecutionAttributes attributes) {
    var mine = attributes.getAttribute(HELD);
    if (mine != null) {
      held.removeAll(mine);
      attributes.putAttribute(HELD, Set.of());
    }
  }

  private boolean isHeld(TransactWriteItem item) {
    return ofChecks || item.conditionCheck() == null;
  }

  private static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
    return TransactionCanceledException.builder()
        .cancellationReasons(reasons)
        .message("conflict")
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("TransactionCanceledException")
                .errorMessage("conflict")
                .build())
        .statusCode(400)
        .build();
  }

  private static Key key(TransactWriteItem item) {
    if (item.put() != null) {
      return ItemCodec.key(item.put().item());
    }
    if (item.update() != null) {
      return ItemCodec.key(item.update().key());
    }
    return ItemCodec.key(item.delete() != null ? item.delete().key() : item.conditionCheck().key());
  }
}
