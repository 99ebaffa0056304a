package dev.roadstead.infra.cost;

import dev.roadstead.docs.Pages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Dollars for a million of something. */
public final class Bill {
  /**
   * How often the edge reads its store for a request, at most: keys of a token or what anonymous
   * may pull, and the origin's key or that of upload locations.
   */
  public static final int EDGE_READS = 2;

  private static final double MILLION = 1e6;
  private static final double BYTES_OF_GIGABYTE = 1e9;
  private static final double MEGABYTES_OF_GIGABYTE = 1024;
  private static final double MEGABYTES_OF_PROCESSOR = 1769;
  private static final double MILLISECONDS = 1000;

  /** Both functions of the edge run for every request: before it, and with its answer. */
  private static final int EDGE_RUNS = 2;

  /** A row of a function in the table of starts: its last cell is CPU milliseconds of one call. */
  private static final Pattern WARM = Pattern.compile("\\| pull \\| [a-z-]+ .*\\| ([\\d.]+) \\|");

  private final Prices prices;
  private final double cpuMilliseconds = measured();

  Bill(Prices prices) {
    this.prices = prices;
  }

  /** CPU of the dearest function of a pull, once it is warm, as {@code bench/cold} measured it. */
  private static double measured() {
    return Pages.read(Pages.ROOT.resolve("docs/performance-functions.md"))
        .lines()
        .map(WARM::matcher)
        .filter(row -> row.matches())
        .mapToDouble(row -> Double.parseDouble(row.group(1)))
        .max()
        .orElseThrow();
  }

  /** What a whole processor would take for a call. */
  double cpuMilliseconds() {
    return cpuMilliseconds;
  }

  /** How long a warm function runs: its part of a processor, and waiting for the stores. */
  double functionMilliseconds() {
    double part = prices.assumed("functionMegabytes") / MEGABYTES_OF_PROCESSOR;
    return cpuMilliseconds / part + prices.assumed("storeMilliseconds");
  }

  /** By service, for a million with warm functions; bytes are not in it. */
  Map<String, Double> ofMillion(Counts each) {
    return ofMillion(each, functionMilliseconds());
  }

  /** The same for one that finds no warm function. */
  double ofOneCold(Counts each) {
    double milliseconds = functionMilliseconds() + prices.assumed("restoreMilliseconds");
    return sum(ofMillion(each, milliseconds)) / MILLION;
  }

  private Map<String, Double> ofMillion(Counts each, double milliseconds) {
    var bill = new LinkedHashMap<String, Double>();
    bill.put("Lambda", each.invocations() * invocation(milliseconds));
    bill.put(
        "DynamoDB",
        each.readUnits() * prices.of("dynamoDbMillionReadUnits")
            + each.writeUnits() * prices.of("dynamoDbMillionWriteUnits"));
    bill.put(
        "S3",
        MILLION
            / 1000
            * (each.puts() * prices.of("s3ThousandPuts")
                + each.gets() * prices.of("s3ThousandGets")));
    bill.put(
        "CloudFront",
        each.requests()
            * (MILLION / 10_000 * prices.of("cloudFrontTenThousandHttpsRequests")
                + EDGE_RUNS * prices.of("cloudFrontMillionFunctionRuns")
                + EDGE_READS * prices.of("edgeStoreMillionReads")));
    double logs =
        each.invocations() * MILLION * prices.assumed("logBytesOfAnInvocation") / BYTES_OF_GIGABYTE;
    bill.put(
        "logs, events",
        logs * (prices.of("logsGigabyte") + prices.of("logsGigabyteMonth"))
            + each.events() * prices.of("eventsMillion"));
    return bill;
  }

  private double invocation(double milliseconds) {
    double gigabytes = prices.assumed("functionMegabytes") / MEGABYTES_OF_GIGABYTE;
    return prices.of("lambdaMillionRequests")
        + MILLION * milliseconds / MILLISECONDS * gigabytes * prices.of("lambdaGigabyteSecondArm");
  }

  static double sum(Map<String, Double> bill) {
    return Arrays.stream(bill.values().toArray(Double[]::new)).mapToDouble(d -> d).sum();
  }
}
