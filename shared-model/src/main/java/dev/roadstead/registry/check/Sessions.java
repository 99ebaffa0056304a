package dev.roadstead.registry.check;

import dev.roadstead.hash.ResumableHash;
import dev.roadstead.model.Digest;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What upload sessions say of themselves, and which objects are theirs. */
final class Sessions {
  static final Set<String> STATES = Set.of("FRESH", "CHUNKED", "COMMITTING");

  private static final String RUNS = "(?:[0-9]{1,5}(?:-[0-9]{1,5})?(?: |$))*";
  private static final String TAILS = "(?:[0-9]{1,5}:[0-9]{1,18}(?: |$))*";

  private final Census census;
  private final Optional<Hashes> hashes;

  /** The highest attempt whose object is there, by session. */
  private final Map<String, Long> seen = new TreeMap<>();

  /**
   * Looks at all of them.
   *
   * @param hashes with what pieces are read; empty when they are not
   */
  Sessions(Census census, Optional<Hashes> hashes) {
    this.census = census;
    this.hashes = hashes;
    for (var key : census.objects().keySet()) {
      of(key).ifPresent(session -> seen.merge(session, attempt(key), Math::max));
    }
  }

  /** The session that an object of chunks belongs to. */
  static Optional<String> of(String key) {
    var parts = key.split("/", -1);
    return parts[0].equals("data") && parts.length >= 3 ? Optional.of(parts[2]) : Optional.empty();
  }

  private static long attempt(String key) {
    var parts = key.split("/", -1);
    return parts.length == 4 && parts[3].matches("t[0-9]{1,5}")
        ? Long.parseLong(parts[3].substring(1))
        : 0;
  }

  /** The highest attempt whose object is there; 0 if none is. */
  long seen(String session) {
    return seen.getOrDefault(session, 0L);
  }

  /** Whether objects are there at all. */
  boolean hasObjects(String session) {
    return seen.containsKey(session);
  }

  /** Whether an object is among those that so many attempts may have stored. */
  static boolean covers(long attempts, String key) {
    return attempt(key) <= attempts;
  }

  /** How many bytes a session's hash has taken; empty when it cannot be gone on with. */
  static OptionalLong hashedBytes(Item session) {
    var saved = session.bytesIfAny("hashState");
    if (saved.isEmpty()) {
      return OptionalLong.empty();
    }
    var counts = new ArrayList<Long>();
    try {
      var bytes = ByteBuffer.wrap(saved.get());
      while (bytes.hasRemaining()) {
        var state = new byte[Math.min(bytes.getShort(), bytes.remaining())];
        bytes.get(state);
        counts.add(ResumableHash.resume(state).countBytes());
      }
    } catch (RuntimeException damaged) {
      return OptionalLong.empty();
    }
    return counts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counts.getFirst());
  }

  /** What makes a session useless, if anything does: its client has to begin again. */
  Optional<String> flaw(String id, Item session) {
    var item = Optional.of(session);
    var state = Right.text(item, "state", Form.TEXT).filter(STATES::contains);
    var parts = session.textIfAny("parts").orElse("");
    var tails = session.textIfAny("tails").orElse("");
    var hashed = hashedBytes(session);
    if (state.isEmpty()) {
      return Optional.of("has no state");
    }
    if (hashed.isEmpty()) {
      return Optional.of("its hash cannot be gone on with");
    }
    if (!parts.matches(RUNS) || !tails.matches(TAILS)) {
      return Optional.of("its pieces cannot be read");
    }
    boolean closing = Right.text(item, "digest", Form.DIGEST).isPresent();
    if (state.get().equals("COMMITTING") && !closing) {
      return Optional.of("nobody knows what it is to become");
    }
    if (!parts.isEmpty() && session.textIfAny("multipart").isEmpty()) {
      return Optional.of("its parts are lost");
    }
    if (closing && hasObject(id)) {
      return Optional.empty();
    }
    long bytes = 0;
    for (var tail : words(tails)) {
      var pair = tail.split(":", -1);
      var size = census.objects().get(whole(id) + "/t" + pair[0]);
      if (size == null || size != Long.parseLong(pair[1])) {
        return Optional.of("a piece of it is lost");
      }
      bytes += size;
    }
    boolean differs =
        parts.isEmpty() && (bytes != hashed.getAsLong() || !isHashed(id, session, words(tails)));
    return differs ? Optional.of("its pieces are not what it has hashed") : Optional.empty();
  }

  /** Whether the pieces are the bytes that the hash has taken; believed when nothing is read. */
  private boolean isHashed(String id, Item session, List<String> tails) {
    if (hashes.isEmpty() || tails.isEmpty()) {
      return true;
    }
    var kept = first(session.bytesIfAny("hashState").orElseThrow());
    var keys = tails.stream().map(t -> whole(id) + "/t" + t.substring(0, t.indexOf(':'))).toList();
    return hashes.get().ofAll(keys, kept.algorithm()).equals(Optional.of(kept.hex()));
  }

  private static ResumableHash first(byte[] saved) {
    var bytes = ByteBuffer.wrap(saved);
    var state = new byte[bytes.getShort()];
    bytes.get(state);
    return ResumableHash.resume(state);
  }

  private boolean hasObject(String id) {
    return census.objects().containsKey(whole(id));
  }

  static String whole(String id) {
    return Keys.sessionObject(SessionId.parse(id)).text();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  /** The digest that a direct PUT's key has. */
  static Optional<Digest> directDigest(String key) {
    var parts = key.split("/", -1);
    return parts[0].equals("in") && parts.length == 4 && parts[2].matches("[0-9a-f]{64}")
        ? Optional.of(Digest.parse("sha256:" + parts[2]))
        : Optional.empty();
  }
}
