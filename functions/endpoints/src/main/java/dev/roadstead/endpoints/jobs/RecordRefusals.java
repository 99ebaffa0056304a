package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.RefusalLine;
import dev.roadstead.registry.DayKeys;
import dev.roadstead.registry.Refusal;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code record-refusals}: makes entries of the audit log of refusals that stand in the log
 * already. They come one by one to a process that has seen them, or as lines of a log.
 */
public final class RecordRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(RecordRefusals.class);

  private final RefusalEntries entries;
  private final InstantSource clock;
  private final Consumer<Runnable> background;
  private long minute;
  private int taken;

  /**
   * Records them here.
   *
   * @param background runs what one refusal takes that comes alone
   */
  public RecordRefusals(
      RefusalEntries entries, InstantSource clock, Consumer<Runnable> background) {
    this.entries = entries;
    this.clock = clock;
    this.background = background;
  }

  /**
   * Records the refusals among these lines. When the same lines come again, only what is not
   * recorded already is.
   *
   * @throws StoreException when the store cannot answer; whoever has sent them sends them again
   */
  public void run(LogBatch logged) {
    entries.add(
        logged.lines().stream()
            .map(line -> RefusalLine.read(line.text()))
            .flatMap(Optional::stream)
            .toList());
  }

  /**
   * Records a refusal that this process has seen, as long as there are few of them: no more begin
   * in a minute than can become entries. If the store cannot answer, it is in the log alone.
   */
  public void run(Refusal refusal) {
    if (isOneTooMany()) {
      return;
    }
    background.accept(
        () -> {
          try {
            entries.add(List.of(refusal));
          } catch (StoreException unreachable) {
            LOG.warn("a refusal is in this log alone: {}", unreachable.getMessage());
          }
        });
  }

  private synchronized boolean isOneTooMany() {
    long now = DayKeys.minute(clock.millis());
    if (now != minute) {
      minute = now;
      taken = 0;
    }
    return ++taken > RefusalEntries.MAX_A_MINUTE;
  }
}
