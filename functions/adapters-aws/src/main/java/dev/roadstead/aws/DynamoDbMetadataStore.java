package dev.roadstead.aws;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Ids;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * The algebra on one DynamoDB table. Every method is one call of the service, repeated after
 * conflicts, throttling and lost answers ({@link Retry}); only listings may take several.
 */
public final class DynamoDbMetadataStore implements MetadataStore {
  private final Supplier<DynamoDbClient> client;
  private final String table;
  private final Retry retry;
  private final Actions actions;
  private final DynamoDbWrites writes;

  DynamoDbMetadataStore(Supplier<DynamoDbClient> client, String table, Ids tokens, Retry retry) {
    this.client = client;
    this.table = table;
    this.retry = retry;
    this.actions = new Actions(table);
    this.writes = new DynamoDbWrites(client, actions, tokens, retry);
  }

  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    var request =
        GetItemRequest.builder()
            .tableName(table)
            .key(ItemCodec.encode(key))
            .consistentRead(isStrong(consistency))
            .build();
    var found = retry.call("GetItem", () -> client.get().getItem(request));
    return found.hasItem() ? Optional.of(ItemCodec.decode(found.item())) : Optional.empty();
  }

  private static boolean isStrong(Consistency consistency) {
    return switch (consistency) {
      case STRONG -> true;
      case EVENTUAL -> false;
    };
  }

  /** Asks for one item more than the page has, to know whether there is a next one. */
  @Override
  public Page query(Query query) {
    var begin = begin(query);
    if (begin.isEmpty()) {
      return new Page(List.of(), Optional.empty());
    }
    var request =
        begin
            .get()
            .tableName(table)
            .consistentRead(isStrong(query.consistency()))
            .limit(query.limit() + 1)
            .build();
    var found = retry.call("Query", () -> client.get().query(request));
    var items = found.items().stream().map(ItemCodec::decode).toList();
    if (items.size() > query.limit()) {
      var page = items.subList(0, query.limit());
      return new Page(page, Optional.of(page.getLast().key().sort()));
    }
    return new Page(
        items,
        found.hasLastEvaluatedKey()
            ? Optional.of(ItemCodec.key(found.lastEvaluatedKey()).sort())
            : Optional.empty());
  }

  /**
   * Where a query begins; empty when it begins behind its prefix. The service takes one condition
   * on the sort key, and a place to begin at only inside of what that condition allows.
   */
  private static Optional<QueryRequest.Builder> begin(Query query) {
    var prefix = query.prefix();
    var after = query.after().filter(sort -> !sort.isEmpty());
    if (prefix.isEmpty()) {
      return Optional.of(
          after
              .map(sort -> behind(query.partition(), sort))
              .orElseGet(() -> asked("PK = :p", query.partition(), Map.of())));
    }
    var begins =
        asked(
            "PK = :p AND begins_with(SK, :s)",
            query.partition(),
            Map.of(":s", AttributeValue.fromS(prefix)));
    if (after.isEmpty() || ByteOrder.compare(after.get(), prefix) < 0) {
      return Optional.of(begins);
    }
    return after
        .filter(sort -> sort.startsWith(prefix))
        .map(sort -> new Key(query.partition(), sort))
        .map(key -> begins.exclusiveStartKey(ItemCodec.encode(key)));
  }

  private static QueryRequest.Builder behind(String partition, String sort) {
    return asked(
        "PK = :p AND SK > :s",
        partition,
        Map.of(":s", AttributeValue.fromS(ByteOrder.cut(sort, Key.MAX_SORT_BYTES))));
  }

  private static QueryRequest.Builder asked(
      String condition, String partition, Map<String, AttributeValue> more) {
    var values = new HashMap<>(more);
    values.put(":p", AttributeValue.fromS(partition));
    return QueryRequest.builder()
        .keyConditionExpression(condition)
        .expressionAttributeValues(values);
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    Limits.checkSnapshot(keys);
    var items = keys.stream().map(actions::get).toList();
    var found =
        retry.call(
            "TransactGetItems", () -> client.get().transactGetItems(r -> r.transactItems(items)));
    return found.responses().stream().map(DynamoDbMetadataStore::found).toList();
  }

  private static Optional<Item> found(ItemResponse response) {
    return response.hasItem() ? Optional.of(ItemCodec.decode(response.item())) : Optional.empty();
  }

  @Override
  public Outcome write(Write write) {
    return writes.write(write);
  }

  @Override
  public Outcome transact(Transaction transaction) {
    return writes.transact(transaction);
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    Limits.checkListed(limit);
    var keys = new ArrayList<Key>();
    var request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(DynamoDbTable.CANDIDATES)
            .keyConditionExpression("#q = :q AND #t <= :t")
            .expressionAttributeNames(Map.of("#q", Hint.QUEUE, "#t", Hint.AT))
            .expressionAttributeValues(
                Map.of(
                    ":q", AttributeValue.fromS(queue),
                    ":t", ItemCodec.encode(Value.of(beforeSeconds))));
    boolean more = true;
    while (more && keys.size() < limit) {
      var asked = request.limit(limit - keys.size()).build();
      var found = retry.call("Query", () -> client.get().query(asked));
      found.items().stream().map(ItemCodec::key).forEach(keys::add);
      more = found.hasLastEvaluatedKey();
      request.exclusiveStartKey(found.lastEvaluatedKey());
    }
    return List.copyOf(keys);
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    Scan.checkLimit(limit);
    var request = ScanRequest.builder().tableName(table).consistentRead(true).limit(limit);
    after.map(ItemCodec::encode).ifPresent(request::exclusiveStartKey);
    var asked = request.build();
    var found = retry.call("Scan", () -> client.get().scan(asked));
    return new Scan.Items(
        found.items().stream().map(ItemCodec::decode).toList(),
        found.hasLastEvaluatedKey()
            ? Optional.of(ItemCodec.key(found.lastEvaluatedKey()))
            : Optional.empty());
  }
}
