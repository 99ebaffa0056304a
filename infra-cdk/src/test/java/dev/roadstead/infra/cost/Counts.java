package dev.roadstead.infra.cost;

import dev.roadstead.docs.Pages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What something takes, as {@code docs/costs.md} has counted it.
 *
 * @param requests HTTP requests through the CDN
 * @param puts requests to S3 that cost as much as a PUT
 * @param gets the other ones
 * @param events what the bucket tells of objects that come and go
 */
record Counts(
    double requests,
    double invocations,
    double readUnits,
    double writeUnits,
    double puts,
    double gets,
    double events) {
  private static final Pattern S3_CALL = Pattern.compile("(\\d+) (\\w+)");

  /** Those that S3 takes the higher price for. */
  private static final List<String> DEAR =
      List.of("put", "list", "createmultipart", "uploadpart", "completemultipart", "copy");

  private static final List<String> TOLD = List.of("put", "completemultipart", "copy", "delete");

  /** The row of the page that begins so; a request through the CDN for each invocation. */
  static Counts row(String name) {
    var cells =
        Pages.read(Pages.ROOT.resolve("docs/costs.md"))
            .lines()
            .filter(line -> line.startsWith("| " + name + " |"))
            .map(line -> Arrays.asList(line.split("\\|", -1)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("docs/costs.md has no row: " + name));
    double invocations = number(cells.get(2));
    double puts = 0;
    double gets = 0;
    double events = 0;
    var calls = S3_CALL.matcher(cells.get(5));
    while (calls.find()) {
      var call = calls.group(2).toLowerCase(Locale.ROOT);
      double times = number(calls.group(1));
      if (DEAR.stream().anyMatch(call::startsWith)) {
        puts += times;
      } else {
        gets += times;
      }
      if (TOLD.stream().anyMatch(call::startsWith)) {
        events += times;
      }
    }
    return new Counts(
        invocations, invocations, number(cells.get(3)), number(cells.get(4)), puts, gets, events);
  }

  private static double number(String cell) {
    return Double.parseDouble(cell.strip());
  }

  /** Requests that no function sees: a direct PUT, or a GET at S3 that goes past the CDN. */
  static Counts past(double requests, double s3Gets) {
    return new Counts(requests, 0, 0, 0, 0, s3Gets, 0);
  }

  /** The same in the same request as something else: a claim while a manifest is put. */
  Counts withoutRequest() {
    return new Counts(0, 0, readUnits, writeUnits, puts, gets, events);
  }

  /** A job: begun by an event, not by a request. */
  static Counts job(String name) {
    var row = row(name);
    return new Counts(
        0, row.invocations, row.readUnits, row.writeUnits, row.puts, row.gets, row.events);
  }

  Counts plus(Counts more) {
    return new Counts(
        requests + more.requests,
        invocations + more.invocations,
        readUnits + more.readUnits,
        writeUnits + more.writeUnits,
        puts + more.puts,
        gets + more.gets,
        events + more.events);
  }

  Counts times(double factor) {
    return new Counts(
        requests * factor,
        invocations * factor,
        readUnits * factor,
        writeUnits * factor,
        puts * factor,
        gets * factor,
        events * factor);
  }
}
