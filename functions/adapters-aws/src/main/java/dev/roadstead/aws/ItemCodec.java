package dev.roadstead.aws;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as DynamoDB keeps them: the attributes, and beside them the two halves of the key. */
final class ItemCodec {
  /** The attribute with the partition key. */
  static final String PARTITION = "PK";

  /** The attribute with the sort key. */
  static final String SORT = "SK";

  private ItemCodec() {}

  static Map<String, AttributeValue> encode(Key key) {
    return Map.of(
        PARTITION, AttributeValue.fromS(key.partition()), SORT, AttributeValue.fromS(key.sort()));
  }

  static Map<String, AttributeValue> encode(Item item) {
    var encoded = new HashMap<>(encode(item.key()));
    item.attributes().forEach((name, value) -> encoded.put(name, encode(value)));
    return encoded;
  }

  static AttributeValue encode(Value value) {
    return switch (value) {
      case Value.Text(String text) -> AttributeValue.fromS(text);
      case Value.Whole(long number) -> AttributeValue.fromN(Long.toString(number));
      case Value.Bytes(byte[] bytes) -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
      case Value.Names(var names) -> AttributeValue.builder().ss(names).build();
    };
  }

  static Key key(Map<String, AttributeValue> encoded) {
    return new Key(text(encoded, PARTITION), text(encoded, SORT));
  }

  private static String text(Map<String, AttributeValue> encoded, String attribute) {
    var value = encoded.get(attribute);
    if (value == null) {
      throw new IllegalStateException("an item of the table has no " + attribute);
    }
    return value.s();
  }

  static Item decode(Map<String, AttributeValue> encoded) {
    var item = Item.at(key(encoded));
    encoded.forEach(
        (name, value) -> {
          if (!name.equals(PARTITION) && !name.equals(SORT)) {
            item.with(name, decode(name, value));
          }
        });
    return item.build();
  }

  private static Value decode(String name, AttributeValue value) {
    return switch (value.type()) {
      case S -> Value.of(value.s());
      case N -> Value.of(Long.parseLong(value.n()));
      case B -> Value.of(value.b().asByteArrayUnsafe()); // copied by the value
      case SS -> new Value.Names(new TreeSet<>(value.ss()));
      case NS, BS, M, L, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException(
              "the attribute " + name + " has a type that nobody here writes: " + value.type());
    };
  }
}
