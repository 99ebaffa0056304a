package dev.roadstead.cli.doctor;

import dev.roadstead.route.Operation;
import java.io.IOException;
import java.util.Set;

/**
 * One thing that clients need of a registry.
 *
 * @param name one word, by which people talk about it
 * @param operations which functions it goes through
 * @param wayOut what to do when it fails
 */
record Check(String name, Set<Operation> operations, String wayOut, Examination examination) {

  /** Looks; what it does not expect it throws as {@link Unexpected}. */
  @FunctionalInterface
  interface Examination {
    Finding look(Visit visit) throws IOException;
  }

  /** What this registry makes of the check. */
  Finding look(Visit visit) {
    try {
      return examination.look(visit);
    } catch (Unexpected surprise) {
      return new Finding.Failed(surprise.getMessage());
    } catch (IOException broken) {
      return new Finding.Failed(String.valueOf(broken.getMessage()));
    }
  }

  /** The registry answered something that no client could go on with. */
  static final class Unexpected extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String surprise;

    Unexpected(String surprise) {
      super(surprise, null, false, false);
      this.surprise = surprise;
    }

    @Override
    public String getMessage() {
      return surprise;
    }
  }
}
