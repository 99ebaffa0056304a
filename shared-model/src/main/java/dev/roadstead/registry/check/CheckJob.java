package dev.roadstead.registry.check;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.model.Caller;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A check that runs beside the requests that order it and ask how far it is. What it says of itself
 * is one record, which every process can read; a check that is ordered later takes it over.
 */
public final class CheckJob {
  /** How many findings a report names one by one; the others are counted. */
  public static final int MAX_NAMED = 500;

  /**
   * How many characters of what is mended are named, and of what is damaged: the report is one
   * attribute of an item, which has {@value dev.roadstead.store.Item#MAX_SIZE_BYTES} bytes.
   */
  private static final int MAX_NAMED_LENGTH = 120_000;

  private static final Duration TELL_EVERY = Duration.ofMillis(300);

  private static final String MARK = "mark";
  private static final String STATE = "state";
  private static final String STEP = "step";
  private static final String DONE = "done";
  private static final String TOTAL = "total";
  private static final String REPORT = "report";

  private final Environment environment;
  private final Order order;
  private final String mark;
  private long toldMillis;

  /** What a check is to do. */
  public enum Mode {
    /** Look. */
    CHECK,
    /** Look, and repair. */
    REPAIR,
    /** The same, with no trust in any record but the bodies of manifests. */
    REBUILD
  }

  /** What is ordered. */
  public record Order(Mode mode, Depth depth) {}

  private CheckJob(Environment environment, Order order, String mark) {
    this.environment = environment;
    this.order = order;
    this.mark = mark;
  }

  /**
   * Enters an order, and notes who has given it if it may change anything; the check is then to be
   * run by somebody who has the time.
   */
  public static CheckJob order(Environment environment, Order order, Caller caller) {
    var mark = environment.ids().next().toString();
    var item =
        Item.at(Keys.check())
            .with(MARK, mark)
            .with(STATE, "running")
            .with(STEP, "start")
            .with(DONE, 0)
            .with(TOTAL, 0);
    var writes = new ArrayList<Write>();
    writes.add(new Write.Put(item.build(), Condition.NONE));
    writes.addAll(
        switch (order.mode()) {
          case CHECK -> List.<Write>of();
          case REPAIR -> AuditEntry.of(environment, caller, "repair registry");
          case REBUILD -> AuditEntry.of(environment, caller, "rebuild registry");
        });
    environment.metadata().transact(new Transaction(writes));
    return new CheckJob(environment, order, mark);
  }

  /** Runs to its end, and leaves its report. */
  public void run() {
    var fsck = new Fsck(environment, this::tell);
    try {
      var report =
          switch (order.mode()) {
            case CHECK -> fsck.check(order.depth());
            case REPAIR -> fsck.repair(order.depth());
            case REBUILD -> fsck.rebuild();
          };
      end("done", written(report));
    } catch (StoreException failed) {
      fail(String.valueOf(failed.getMessage()));
    } catch (IllegalStateException | IllegalArgumentException defect) {
      fail("the check came upon something it does not know: " + defect.getMessage());
      throw defect;
    }
  }

  /** If the store is gone for this too, whoever waits hears nothing more, and gives up. */
  private void fail(String problem) {
    end("failed", JsonDocument.write(json -> json.writeStringProperty("problem", problem)));
  }

  private void tell(String step, long done, long total) {
    long now = environment.clock().millis();
    if (now - toldMillis < TELL_EVERY.toMillis()) {
      return;
    }
    toldMillis = now;
    write(List.of(Change.put(STEP, step), Change.put(DONE, done), Change.put(TOTAL, total)));
  }

  private void end(String state, byte[] report) {
    write(List.of(Change.put(STATE, state), Change.put(REPORT, report)));
  }

  /** Refused when another check was ordered since: then nobody waits for this one. */
  private void write(List<Change> changes) {
    var update = new Write.Update(Keys.check(), changes, Condition.is(MARK, mark));
    environment.metadata().write(update);
  }

  /** How far the last check has come, as a JSON object; empty when there was none. */
  public static Optional<byte[]> status(Environment environment) {
    return environment.metadata().get(Keys.check(), Consistency.STRONG).map(CheckJob::written);
  }

  private static byte[] written(Item item) {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty(STATE, item.text(STATE));
          json.writeStringProperty(STEP, item.text(STEP));
          json.writeNumberProperty(DONE, item.number(DONE));
          json.writeNumberProperty(TOTAL, item.number(TOTAL));
          item.bytesIfAny(REPORT)
              .ifPresent(
                  report -> {
                    json.writeName(REPORT);
                    json.writeRawValue(new String(report, StandardCharsets.UTF_8));
                  });
        });
  }

  private static byte[] written(Report report) {
    return JsonDocument.write(
        json -> {
          json.writeBooleanProperty("clean", report.isClean());
          json.writeObjectPropertyStart("records");
          report.records().forEach((kind, count) -> json.writeNumberProperty(kind, count));
          json.writeEndObject();
          json.writeNumberProperty("objects", report.objects());
          json.writeNumberProperty("bytesRead", report.bytesRead());
          json.writeNumberProperty("unclaimed", report.unclaimed());
          write(json, "mended", report.mended());
          write(json, "damage", report.damage());
        });
  }

  private static void write(JsonGenerator json, String name, List<Finding> findings) {
    json.writeNumberProperty(name, findings.size());
    json.writeArrayPropertyStart(name + "List");
    int length = 0;
    for (var finding : findings.subList(0, Math.min(MAX_NAMED, findings.size()))) {
      var problem = cut(finding.problem());
      length += finding.subject().length() + problem.length();
      if (length > MAX_NAMED_LENGTH) {
        break;
      }
      json.writeStartObject();
      json.writeStringProperty("subject", finding.subject());
      json.writeStringProperty("problem", problem);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String cut(String problem) {
    int most = 300;
    return problem.length() <= most ? problem : problem.substring(0, most) + " …";
  }
}
