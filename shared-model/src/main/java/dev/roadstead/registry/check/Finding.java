package dev.roadstead.registry.check;

import dev.roadstead.store.Write;
import java.util.List;

/**
 * Something that is not as it must be.
 *
 * @param stage when it is mended, so that nothing is taken away before all is saved
 * @param subject the record or object
 * @param problem what is wrong with it, for people
 * @param remedy writes that mend it, together, each on the condition that nothing has changed
 *     since; none when nothing can be done
 */
public record Finding(Stage stage, String subject, String problem, List<Write> remedy) {
  /** Copies the list. */
  public Finding {
    remedy = List.copyOf(remedy);
  }

  /** The order of repair. */
  public enum Stage {
    /** Something live is about to be deleted, or bytes that are needed have lost their records. */
    RESCUE,
    /** A record is missing or wrong. */
    RECORD,
    /** A count is too high: it is lowered only once everything that counts is there again. */
    LOWER,
    /** Something has lost what it needs, for good, or is named by nothing. */
    CLEAR
  }
}
