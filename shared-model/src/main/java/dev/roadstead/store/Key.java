package dev.roadstead.store;

/**
 * The address of an item.
 *
 * @param partition items of one partition are stored together and can be queried in order
 * @param sort the place in the partition; ordered by its UTF-8 bytes
 */
public record Key(String partition, String sort) {
  /** The longest partition key, in UTF-8 bytes (DynamoDB's limit). */
  public static final int MAX_PARTITION_BYTES = 2048;

  /** The longest sort key, in UTF-8 bytes (DynamoDB's limit). */
  public static final int MAX_SORT_BYTES = 1024;

  /** Refuses empty and overlong keys with {@link IllegalArgumentException}. */
  public Key {
    checkLength(partition, MAX_PARTITION_BYTES);
    checkLength(sort, MAX_SORT_BYTES);
  }

  private static void checkLength(String text, int maxBytes) {
    int bytes = Item.utf8Length(text);
    if (bytes == 0 || bytes > maxBytes) {
      throw new IllegalArgumentException("a key part has 1 to " + maxBytes + " bytes: " + bytes);
    }
  }
}
