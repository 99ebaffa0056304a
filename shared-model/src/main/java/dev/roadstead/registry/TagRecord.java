package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tag: what a pull by tag needs, in one read.
 *
 * @param version rises with every move, so that movers see each other
 * @param moves the versions of its history that are kept, rising, the current one last
 * @param inlineBody the manifest's deflated body, when it is small
 */
record TagRecord(
    Digest digest,
    MediaType mediaType,
    long sizeBytes,
    long version,
    List<Long> moves,
    Optional<byte[]> inlineBody) {
  /** How many moves a tag remembers; with each one more it forgets the oldest but the first. */
  static final int MAX_MOVES = 100;

  static final String DIGEST = "digest";
  static final String VERSION = "version";
  static final String MOVES = "moves";

  TagRecord {
    moves = List.copyOf(moves);
  }

  static TagRecord of(Item item) {
    return new TagRecord(
        Digest.parse(item.text(DIGEST)),
        new MediaType(item.text(ManifestRecord.MEDIA_TYPE)),
        item.number(ManifestRecord.SIZE),
        item.number(VERSION),
        item.textIfAny(MOVES).map(TagRecord::versions).orElse(List.of(item.number(VERSION))),
        item.bytesIfAny(ManifestRecord.BODY));
  }

  Item toItem(Key key) {
    var item =
        Item.at(key)
            .with(DIGEST, digest.toString())
            .with(ManifestRecord.MEDIA_TYPE, mediaType.text())
            .with(ManifestRecord.SIZE, sizeBytes)
            .with(VERSION, version)
            .with(MOVES, moves.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    inlineBody.ifPresent(body -> item.with(ManifestRecord.BODY, Value.of(body)));
    return item.build();
  }

  private static List<Long> versions(String text) {
    return Stream.of(text.split(" ", -1)).map(Long::valueOf).toList();
  }

  /** Nobody has moved the tag since this was read. */
  Condition unmoved() {
    return Condition.all(Condition.is(DIGEST, digest.toString()), Condition.is(VERSION, version));
  }
}
