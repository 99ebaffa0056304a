package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;

/**
 * Some bytes that at least one repository has.
 *
 * @param links in how many repositories; the record exists exactly while that is above 0
 */
public record BlobRecord(long sizeBytes, ObjectKey objectKey, long links) {
  static final String SIZE = "sizeBytes";
  static final String OBJECT = "objectKey";
  static final String LINKS = "links";

  /**
   * A mark that a check puts on a record before it counts the links; every change of their number
   * takes it off, so that the check sees that its own count is out of date.
   */
  static final String FENCE = "recount";

  /** Reads a record. */
  public static BlobRecord of(Item item) {
    return new BlobRecord(item.number(SIZE), new ObjectKey(item.text(OBJECT)), item.number(LINKS));
  }

  Item toItem(Digest digest) {
    return Item.at(Keys.blob(digest))
        .with(SIZE, sizeBytes)
        .with(OBJECT, objectKey.text())
        .with(LINKS, links)
        .build();
  }
}
