package dev.roadstead.localstack;

import dev.roadstead.registry.collect.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the collector, which says in the log what it did. */
record CollectorJob(Collector collector) implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorJob.class);

  @Override
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
