package dev.roadstead.embedded;

import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Value;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.TreeSet;

/**
 * Items as bytes, without their key: a format byte, then each attribute as name, kind and value.
 * Lengths and counts are variable-length integers of seven bits a byte, lowest first; texts are
 * UTF-8; numbers are eight bytes, highest first.
 */
final class ItemCodec {
  private static final byte FORMAT = 1;
  private static final byte TEXT = 1;
  private static final byte WHOLE = 2;
  private static final byte BYTES = 3;
  private static final byte NAMES = 4;
  private static final int MAX_VARINT_SHIFT = 28;

  private ItemCodec() {}

  static byte[] encode(Item item) {
    var out = new Output(item.sizeBytes());
    out.put(FORMAT);
    for (var attribute : item.attributes().entrySet()) {
      out.text(attribute.getKey());
      switch (attribute.getValue()) {
        case Value.Text(String text) -> out.put(TEXT).text(text);
        case Value.Whole(long number) -> out.put(WHOLE).number(number);
        case Value.Bytes(byte[] bytes) -> out.put(BYTES).bytes(bytes);
        case Value.Names(var names) -> {
          out.put(NAMES).length(names.size());
          names.forEach(out::text);
        }
      }
    }
    return out.toBytes();
  }

  /**
   * The item with this key.
   *
   * @throws StoreException when the bytes were not written by {@link #encode}
   */
  static Item decode(Key key, byte[] encoded) {
    try {
      var in = ByteBuffer.wrap(encoded);
      if (in.get() != FORMAT) {
        throw new StoreException("an item in the database has a format this version cannot read");
      }
      var attributes = new HashMap<String, Value>();
      while (in.hasRemaining()) {
        attributes.put(text(in), value(in));
      }
      return new Item(key, attributes);
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      throw damaged(damaged);
    }
  }

  private static Value value(ByteBuffer in) {
    byte kind = in.get();
    return switch (kind) {
      case TEXT -> new Value.Text(text(in));
      case WHOLE -> new Value.Whole(in.getLong());
      case BYTES -> new Value.Bytes(bytes(in));
      case NAMES -> {
        var names = new TreeSet<String>();
        for (int count = length(in); count > 0; count--) {
          names.add(text(in));
        }
        yield new Value.Names(names);
      }
      default -> throw new IllegalArgumentException("no kind of value: " + kind);
    };
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = length(in);
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int length(ByteBuffer in) {
    int length = 0;
    for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      byte next = in.get();
      length |= (next & 0x7f) << shift;
      if (next >= 0 && length >= 0) {
        return length;
      }
    }
    throw new IllegalArgumentException("a length above " + Integer.MAX_VALUE);
  }

  private static StoreException damaged(RuntimeException cause) {
    return new StoreException("an item in the database is damaged", cause);
  }

  /** Bytes that grow. */
  private static final class Output {
    private static final int ROOM_FOR_LENGTHS = 64;
    private ByteBuffer buffer;

    Output(int expectedBytes) {
      buffer = ByteBuffer.allocate(expectedBytes + ROOM_FOR_LENGTHS);
    }

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        var larger = ByteBuffer.allocate(2 * buffer.capacity() + bytes);
        buffer = larger.put(buffer.flip());
      }
      return buffer;
    }

    Output put(byte single) {
      room(1).put(single);
      return this;
    }

    void number(long number) {
      room(Long.BYTES).putLong(number);
    }

    void length(int length) {
      int rest = length;
      while (rest > 0x7f) {
        put((byte) (rest | 0x80));
        rest >>>= 7;
      }
      put((byte) rest);
    }

    void bytes(byte[] bytes) {
      length(bytes.length);
      room(bytes.length).put(bytes);
    }

    void text(String text) {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toBytes() {
      var bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      return bytes;
    }
  }
}
