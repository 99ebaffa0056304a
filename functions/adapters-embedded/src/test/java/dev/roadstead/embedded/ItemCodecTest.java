package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ItemCodecTest {
  private static final Key KEY = new Key("p", "s");

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(300)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  private static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        texts().map(Value::of),
        Arbitraries.longs().map(Value::of),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(20_000).map(Value::of),
        texts()
            .set()
            .ofMinSize(1)
            .ofMaxSize(20)
            .map(names -> new Value.Names(new TreeSet<>(names))));
  }

  @Provide
  Arbitrary<Map<String, Value>> attributes() {
    return Arbitraries.maps(texts(), values()).ofMaxSize(12);
  }

  @Property
  void readsBackWhatItWrote(@ForAll("attributes") Map<String, Value> attributes) {
    var item = new Item(KEY, attributes);
    assertThat(ItemCodec.decode(KEY, ItemCodec.encode(item))).isEqualTo(item);
  }

  @Property
  void isCompact(@ForAll("attributes") Map<String, Value> attributes) {
    var item = new Item(KEY, attributes);
    int values = attributes.size();
    int names =
        attributes.values().stream()
            .mapToInt(value -> value instanceof Value.Names(var all) ? all.size() : 0)
            .sum();
    assertThat(ItemCodec.encode(item).length)
        .isLessThanOrEqualTo(item.sizeBytes() + 7 * values + 3 * names);
  }

  @Property
  void answersDamageWithAStoreExceptionOrAnItem(
      @ForAll("attributes") Map<String, Value> attributes,
      @ForAll int place,
      @ForAll byte damage,
      @ForAll boolean cut) {
    var encoded = ItemCodec.encode(new Item(KEY, attributes));
    int at = Math.floorMod(place, encoded.length);
    encoded[at] = damage;
    var damaged = cut ? Arrays.copyOf(encoded, at) : encoded;
    try {
      assertThat(ItemCodec.decode(KEY, damaged).key()).isEqualTo(KEY);
    } catch (StoreException refused) {
      assertThat(refused).hasMessageContaining("item in the database");
    }
  }

  @Test
  void refusesALengthThatWouldBeNegative() {
    var format = ItemCodec.encode(Item.at(KEY).with("n", 1).build())[0];
    byte[] damaged = {format, -1, -1, -1, -1, 15, 'n'};

    assertThatThrownBy(() -> ItemCodec.decode(KEY, damaged))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void pinsTheFirstFormat() {
    var item =
        Item.at(KEY)
            .with("n", -2)
            .with("t", "ä")
            .with("b", Value.of(new byte[] {9}))
            .with("s", new Value.Names(new TreeSet<>(java.util.List.of("y", "x"))))
            .build();
    byte[] written = {
      1, 1, 'n', 2, -1, -1, -1, -1, -1, -1, -1, -2, 1, 't', 1, 2, -61, -92, 1, 'b', 3, 1, 9, 1, 's',
      4, 2, 1, 'x', 1, 'y'
    };
    assertThat(ItemCodec.decode(KEY, written)).isEqualTo(item);
    assertThat(ItemCodec.encode(item)).hasSameSizeAs(written);
  }

  @Test
  void refusesAFormatItDoesNotKnow() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ItemCodec.decode(KEY, new byte[] {2}));
  }
}
