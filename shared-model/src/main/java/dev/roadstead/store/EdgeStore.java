package dev.roadstead.store;

import java.util.Map;

/**
 * What the edge of an installation reads: a few texts by name. What is told here is known
 * everywhere within seconds, and until then somewhere not.
 *
 * <p>Every method throws {@link StoreException} when the store cannot answer; a telling may then
 * have happened or not.
 */
public interface EdgeStore {
  /** The longest text with its name, in bytes of UTF-8. */
  int MAX_BYTES = 1024;

  /** A mark of what has been told so far. */
  String mark();

  /**
   * Tells all of these, or none when somebody has told something since the mark was taken.
   *
   * @return whether it was told
   */
  boolean tell(String mark, Map<String, String> texts);
}
