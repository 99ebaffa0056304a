package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import java.util.Optional;

/**
 * A tag: what a pull by tag needs, in one read.
 *
 * @param version rises with every move, so that movers see each other
 * @param inlineBody the manifest's deflated body, when it is small
 */
record TagRecord(
    Digest digest, MediaType mediaType, long sizeBytes, long version, Optional<byte[]> inlineBody) {
  static final String DIGEST = "digest";
  static final String VERSION = "version";

  static TagRecord of(Item item) {
    return new TagRecord(
        Digest.parse(item.text(DIGEST)),
        new MediaType(item.text(ManifestRecord.MEDIA_TYPE)),
        item.number(ManifestRecord.SIZE),
        item.number(VERSION),
        item.bytesIfAny(ManifestRecord.BODY));
  }

  Item toItem(Key key) {
    var item =
        Item.at(key)
            .with(DIGEST, digest.toString())
            .with(ManifestRecord.MEDIA_TYPE, mediaType.text())
            .with(ManifestRecord.SIZE, sizeBytes)
            .with(VERSION, version);
    inlineBody.ifPresent(body -> item.with(ManifestRecord.BODY, Value.of(body)));
    return item.build();
  }

  /** Nobody has moved the tag since this was read. */
  Condition unmoved() {
    return Condition.all(Condition.is(DIGEST, digest.toString()), Condition.is(VERSION, version));
  }
}
