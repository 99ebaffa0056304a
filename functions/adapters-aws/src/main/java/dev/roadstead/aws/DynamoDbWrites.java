package dev.roadstead.aws;

import dev.roadstead.store.Change;
import dev.roadstead.store.ContentionException;
import dev.roadstead.store.Ids;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes, alone and together, and what their answers mean.
 *
 * <p>When an answer is lost, nobody knows whether the write took effect. A transaction is simply
 * sent again with the same token, by which the service knows it. A single write has no token: it is
 * sent again unless it adds to a number, and if it is refused then although the item is as the
 * write would have made it, it was this write that did. What remains unknown is a {@link
 * StoreException}; the caller finds out by reading, as after a crash.
 */
final class DynamoDbWrites {
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";
  private static final String NOT_TO_BLAME = "None";
  private static final Pattern TOO_LARGE = Pattern.compile("(?i)item size .*exceeded.*");

  private final Supplier<DynamoDbClient> client;
  private final Actions actions;
  private final Ids tokens;
  private final Retry retry;

  DynamoDbWrites(Supplier<DynamoDbClient> client, Actions actions, Ids tokens, Retry retry) {
    this.client = client;
    this.actions = actions;
    this.tokens = tokens;
    this.retry = retry;
  }

  Outcome write(Write write) {
    return switch (write) {
      case Write.Put put -> {
        Predicate<Item> isMine = put.item()::equals;
        yield single("PutItem", put, true, isMine, () -> put(put));
      }
      case Write.Update update -> {
        boolean adds = update.changes().stream().anyMatch(Change.Add.class::isInstance);
        yield single(
            "UpdateItem", update, !adds, item -> shows(update, item), () -> update(update));
      }
      case Write.Delete delete ->
          single("DeleteItem", delete, true, item -> false, () -> delete(delete));
      case Write.Check check -> throw new IllegalArgumentException("a check alone writes nothing");
    };
  }

  private Outcome single(
      String action,
      Write write,
      boolean repeatable,
      Predicate<Item> isMine,
      Supplier<Optional<Item>> call) {
    return retry.call(
        action,
        repeatable,
        maybeDone -> {
          try {
            return new Outcome.Done(call.get());
          } catch (ConditionalCheckFailedException refused) {
            var current = decoded(refused.item());
            if (!maybeDone) {
              return new Outcome.Refused(List.of(new Outcome.Refusal(write.key(), current)));
            }
            return new Outcome.Done(
                Optional.of(
                    current.filter(isMine).orElseThrow(() -> unknown(action, write.key()))));
          } catch (DynamoDbException failed) {
            throw isTooLarge(failed) ? tooLarge() : failed;
          }
        });
  }

  private Optional<Item> put(Write.Put write) {
    var put = actions.put(write);
    client
        .get()
        .putItem(
            request ->
                request
                    .tableName(put.tableName())
                    .item(put.item())
                    .conditionExpression(put.conditionExpression())
                    .expressionAttributeNames(put.expressionAttributeNames())
                    .expressionAttributeValues(put.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(
                        put.returnValuesOnConditionCheckFailure()));
    return Optional.of(write.item());
  }

  private Optional<Item> update(Write.Update write) {
    var update = actions.update(write);
    var answer =
        client
            .get()
            .updateItem(
                request ->
                    request
                        .tableName(update.tableName())
                        .key(update.key())
                        .updateExpression(update.updateExpression())
                        .conditionExpression(update.conditionExpression())
                        .expressionAttributeNames(update.expressionAttributeNames())
                        .expressionAttributeValues(update.expressionAttributeValues())
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(
                            update.returnValuesOnConditionCheckFailure()));
    return decoded(answer.attributes());
  }

  private Optional<Item> delete(Write.Delete write) {
    var delete = actions.delete(write);
    client
        .get()
        .deleteItem(
            request ->
                request
                    .tableName(delete.tableName())
                    .key(delete.key())
                    .conditionExpression(delete.conditionExpression())
                    .expressionAttributeNames(delete.expressionAttributeNames())
                    .expressionAttributeValues(delete.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(
                        delete.returnValuesOnConditionCheckFailure()));
    return Optional.empty();
  }

  /** Whether an item is as this update leaves it. */
  private static boolean shows(Write.Update update, Item item) {
    return update.changes().stream()
        .allMatch(
            change ->
                switch (change) {
                  case Change.Put(var attribute, var value) ->
                      value.equals(item.attributes().get(attribute));
                  case Change.Remove(var attribute) -> !item.has(attribute);
                  case Change.Include(var attribute, var name) ->
                      item.names(attribute).contains(name);
                  case Change.Exclude(var attribute, var name) ->
                      !item.names(attribute).contains(name);
                  case Change.Add add -> false;
                });
  }

  Outcome transact(Transaction transaction) {
    var writes = transaction.writes();
    var items = writes.stream().map(actions::of).toList();
    var token = tokens.next().toString();
    try {
      return retry.call(
          "TransactWriteItems",
          true,
          maybeDone -> {
            try {
              client
                  .get()
                  .transactWriteItems(r -> r.transactItems(items).clientRequestToken(token));
              return new Outcome.Done(Optional.empty());
            } catch (TransactionCanceledException cancelled) {
              return refused(writes, cancelled);
            } catch (DynamoDbException failed) {
              throw isTooLarge(failed) ? tooLarge() : failed;
            }
          });
    } catch (StoreException failed) {
      throw contention(writes, failed);
    }
  }

  /** The same failure; it names the items that other transactions held at the last try, if any. */
  private static StoreException contention(List<Write> writes, StoreException failed) {
    if (!(failed.getCause() instanceof TransactionCanceledException cancelled)) {
      return failed;
    }
    var reasons = cancelled.cancellationReasons();
    var held = new HashSet<Key>();
    for (int i = 0; i < reasons.size(); i++) {
      if (CONFLICT.equals(reasons.get(i).code())) {
        held.add(writes.get(i).key());
      }
    }
    return held.isEmpty()
        ? failed
        : new ContentionException(String.valueOf(failed.getMessage()), held, cancelled);
  }

  /**
   * What the reasons say, one for each write. Only when every reason is about a condition is the
   * list of refusals whole; while another request is in the way it is not, and the caller could
   * draw wrong conclusions from it: then the transaction is tried again.
   */
  private static Outcome refused(List<Write> writes, TransactionCanceledException cancelled) {
    var reasons = cancelled.cancellationReasons();
    var refusals = new ArrayList<Outcome.Refusal>();
    for (int i = 0; i < reasons.size(); i++) {
      var reason = reasons.get(i);
      switch (Objects.requireNonNullElse(reason.code(), NOT_TO_BLAME)) {
        case NOT_TO_BLAME -> {}
        case CONDITION_FAILED ->
            refusals.add(new Outcome.Refusal(writes.get(i).key(), decoded(reason.item())));
        default -> throw isTooLarge(String.valueOf(reason.message())) ? tooLarge() : cancelled;
      }
    }
    if (refusals.isEmpty()) {
      throw cancelled;
    }
    return new Outcome.Refused(refusals);
  }

  private static boolean isTooLarge(String message) {
    return TOO_LARGE.matcher(message).find();
  }

  private static boolean isTooLarge(DynamoDbException failed) {
    return isTooLarge(String.valueOf(failed.getMessage()));
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "an item holds at most " + Item.MAX_SIZE_BYTES + " bytes, and would have more");
  }

  private static StoreException unknown(String action, Key key) {
    return new StoreException(
        "call failed: action=%s code=AnswerLost advice=\"%s\""
            .formatted(
                action, "whether it took effect cannot be told; the item has changed: " + key));
  }

  private static Optional<Item> decoded(Map<String, AttributeValue> encoded) {
    return encoded.isEmpty() ? Optional.empty() : Optional.of(ItemCodec.decode(encoded));
  }
}
