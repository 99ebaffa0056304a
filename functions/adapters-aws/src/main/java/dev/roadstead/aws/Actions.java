package dev.roadstead.aws;

import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The algebra's writes as actions on a table; each shows the item when it is refused. */
final class Actions {
  private static final ReturnValuesOnConditionCheckFailure SHOW_CURRENT =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private final String table;

  Actions(String table) {
    this.table = table;
  }

  TransactGetItem get(Key key) {
    var get = Get.builder().tableName(table).key(ItemCodec.encode(key)).build();
    return TransactGetItem.builder().get(get).build();
  }

  TransactWriteItem of(Write write) {
    var action = TransactWriteItem.builder();
    switch (write) {
      case Write.Put put -> action.put(put(put));
      case Write.Update update -> action.update(update(update));
      case Write.Delete delete -> action.delete(delete(delete));
      case Write.Check check -> action.conditionCheck(check(check));
    }
    return action.build();
  }

  Put put(Write.Put write) {
    var expression = new Expression();
    var put =
        Put.builder()
            .tableName(table)
            .item(ItemCodec.encode(write.item()))
            .returnValuesOnConditionCheckFailure(SHOW_CURRENT);
    expression.condition(write.condition()).ifPresent(put::conditionExpression);
    expression.names().ifPresent(put::expressionAttributeNames);
    expression.values().ifPresent(put::expressionAttributeValues);
    return put.build();
  }

  Update update(Write.Update write) {
    var expression = new Expression();
    var update =
        Update.builder()
            .tableName(table)
            .key(ItemCodec.encode(write.key()))
            .updateExpression(expression.update(write.changes()))
            .conditionExpression(expression.text(write.condition()))
            .returnValuesOnConditionCheckFailure(SHOW_CURRENT);
    expression.names().ifPresent(update::expressionAttributeNames);
    expression.values().ifPresent(update::expressionAttributeValues);
    return update.build();
  }

  Delete delete(Write.Delete write) {
    var expression = new Expression();
    var delete =
        Delete.builder()
            .tableName(table)
            .key(ItemCodec.encode(write.key()))
            .returnValuesOnConditionCheckFailure(SHOW_CURRENT);
    expression.condition(write.condition()).ifPresent(delete::conditionExpression);
    expression.names().ifPresent(delete::expressionAttributeNames);
    expression.values().ifPresent(delete::expressionAttributeValues);
    return delete.build();
  }

  private ConditionCheck check(Write.Check write) {
    var expression = new Expression();
    var check =
        ConditionCheck.builder()
            .tableName(table)
            .key(ItemCodec.encode(write.key()))
            .conditionExpression(expression.text(write.condition()))
            .returnValuesOnConditionCheckFailure(SHOW_CURRENT);
    expression.names().ifPresent(check::expressionAttributeNames);
    expression.values().ifPresent(check::expressionAttributeValues);
    return check.build();
  }
}
