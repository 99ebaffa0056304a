package dev.roadstead.secret;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * All keys of an installation. They are exchanged together, so that an exchange is one write.
 *
 * @param generation one more after each exchange
 * @param madeAtSeconds when they were exchanged last, in seconds since 1970
 * @param rings of every purpose
 */
public record Secrets(long generation, long madeAtSeconds, Map<Purpose, Ring> rings) {
  /** The one item of its table. */
  static final Key KEY = new Key("SECRETS", "SECRETS");

  static final String GENERATION = "generation";
  private static final String MADE_AT = "madeAt";

  /** Refuses to be without keys for a purpose. */
  public Secrets {
    rings = Map.copyOf(rings);
    if (rings.size() != Purpose.values().length) {
      throw new IllegalArgumentException("there are keys for every purpose");
    }
  }

  /** The first ones of an installation. */
  static Secrets first(RandomGenerator random, long nowSeconds) {
    var rings = new EnumMap<Purpose, Ring>(Purpose.class);
    for (var purpose : Purpose.values()) {
      rings.put(purpose, Ring.first(random));
    }
    return new Secrets(1, nowSeconds, rings);
  }

  /** What comes after these. */
  Secrets exchanged(RandomGenerator random, long nowSeconds) {
    var exchanged = new EnumMap<Purpose, Ring>(Purpose.class);
    rings.forEach((purpose, ring) -> exchanged.put(purpose, ring.exchanged(random)));
    return new Secrets(generation + 1, nowSeconds, exchanged);
  }

  /** The keys for something, the one in use first. */
  public List<byte[]> keys(Purpose purpose) {
    return Objects.requireNonNull(rings.get(purpose)).keys();
  }

  /** What the edge may know, by the names that its code asks by: hexadecimal, with commas. */
  public Map<String, String> edgeTexts() {
    var texts = new TreeMap<String, String>();
    rings.forEach(
        (purpose, ring) ->
            purpose
                .edgeName()
                .ifPresent(
                    name ->
                        texts.put(
                            name,
                            ring.keys().stream()
                                .map(HexFormat.of()::formatHex)
                                .collect(Collectors.joining(",")))));
    return texts;
  }

  /** As bytes, which nobody prints. */
  Item item() {
    var item = Item.at(KEY).with(GENERATION, generation).with(MADE_AT, madeAtSeconds);
    rings.forEach((purpose, ring) -> item.with(purpose.attribute(), Value.of(ring.bytes())));
    return item.build();
  }

  /** Reads what {@link #item} has written. */
  static Secrets of(Item item) {
    var rings = new EnumMap<Purpose, Ring>(Purpose.class);
    for (var purpose : Purpose.values()) {
      item.bytesIfAny(purpose.attribute()).map(Ring::of).ifPresent(r -> rings.put(purpose, r));
    }
    return new Secrets(item.number(GENERATION), item.number(MADE_AT), rings);
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "Secrets[generation=" + generation + "]";
  }
}
