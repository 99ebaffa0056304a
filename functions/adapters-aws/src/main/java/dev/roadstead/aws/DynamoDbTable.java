package dev.roadstead.aws;

import dev.roadstead.store.Hint;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The one table: paid per request, with one sparse index of the candidates for collection. */
final class DynamoDbTable {
  /** The index of items that have both attributes of a {@link Hint}. */
  static final String CANDIDATES = "candidates";

  private final DynamoDbClient client;
  private final String name;

  DynamoDbTable(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  boolean exists() {
    try {
      client.describeTable(request -> request.tableName(name));
      return true;
    } catch (ResourceNotFoundException absent) {
      return false;
    }
  }

  /** Makes the table, and returns when it can be used; somebody else may make it at once. */
  void create() {
    try {
      client.createTable(
          CreateTableRequest.builder()
              .tableName(name)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(
                  Stream.of(ItemCodec.PARTITION, ItemCodec.SORT, Hint.QUEUE, Hint.AT)
                      .map(DynamoDbTable::definition)
                      .toList())
              .keySchema(key(ItemCodec.PARTITION, KeyType.HASH), key(ItemCodec.SORT, KeyType.RANGE))
              .globalSecondaryIndexes(
                  GlobalSecondaryIndex.builder()
                      .indexName(CANDIDATES)
                      .keySchema(key(Hint.QUEUE, KeyType.HASH), key(Hint.AT, KeyType.RANGE))
                      .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                      .build())
              .build());
    } catch (ResourceInUseException madeMeanwhile) {
      // then there is nothing to make
    }
    try (var waiter = client.waiter()) {
      waiter.waitUntilTableExists(request -> request.tableName(name));
    }
  }

  private static AttributeDefinition definition(String attribute) {
    var type = attribute.equals(Hint.AT) ? ScalarAttributeType.N : ScalarAttributeType.S;
    return AttributeDefinition.builder().attributeName(attribute).attributeType(type).build();
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }
}
