package dev.roadstead.registry;

import dev.roadstead.store.Hint;
import dev.roadstead.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What may become of an attribute. */
final class Damage {
  private Damage() {}

  /** Every other value that an attribute may have: none, one of another type, another one. */
  static List<Optional<Value>> to(String attribute, Value value) {
    var others = new ArrayList<Optional<Value>>();
    others.add(Optional.empty());
    switch (value) {
      case Value.Text(String text) -> {
        others.add(Optional.of(Value.of(7)));
        others.add(Optional.of(Value.of(text + "x")));
        others.add(Optional.of(Value.of(text.length() > 64 ? other(text) : "other")));
      }
      case Value.Whole(long number) -> {
        others.add(Optional.of(Value.of("seven")));
        others.add(Optional.of(Value.of(number + 1)));
        if (number > 0 && !attribute.equals(Hint.AT)) {
          others.add(Optional.of(Value.of(number - 1)));
        }
      }
      case Value.Bytes(byte[] bytes) -> {
        others.add(Optional.of(Value.of("bytes")));
        others.add(Optional.of(Value.of(altered(bytes))));
        others.add(Optional.of(Value.of(Arrays.copyOf(bytes, bytes.length / 2))));
      }
      case Value.Names(var names) -> {
        others.add(Optional.of(Value.of("names")));
        var more = new TreeSet<>(names);
        more.add("other");
        others.add(Optional.of(new Value.Names(more)));
      }
    }
    return others;
  }

  /** Another digest or key that is well-formed. */
  private static String other(String text) {
    char last = text.charAt(text.length() - 1);
    return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
  }

  /** The same bytes with one bit flipped. */
  static byte[] altered(byte[] bytes) {
    var copy = bytes.clone();
    if (copy.length > 0) {
      copy[copy.length / 2] ^= 1;
    }
    return copy;
  }
}
