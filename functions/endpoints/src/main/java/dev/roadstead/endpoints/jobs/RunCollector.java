package dev.roadstead.endpoints.jobs;

import dev.roadstead.registry.collect.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job {@code run-collector}: one run, which says in the log what it did. */
public final class RunCollector {
  private static final Logger LOG = LoggerFactory.getLogger(RunCollector.class);

  private final Collector collector;

  /** Runs this collector. */
  public RunCollector(Collector collector) {
    this.collector = collector;
  }

  /** Does what is due; may run at any time, and any number of times at once. */
  public void run() {
    var report = collector.run();
    if (report.stopped()) {
      LOG.error(
          "the collector stands still: it would have condemned more than a day's limit;"
              + " see 'roadstead gc status', then 'roadstead gc acknowledge'");
    } else if (report.steps() > 0) {
      LOG.info(
          "collected: steps={} condemned={} purged={}",
          report.steps(),
          report.condemned(),
          report.purged());
    }
    if (report.failed() > 0) {
      LOG.warn("the collector could not deal with {} candidates; it tries again", report.failed());
    }
  }
}
