package dev.roadstead.infra.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/** Dollars for a million of something. */
final class Bill {
  private static final double MILLION = 1e6;
  private static final double BYTES_OF_GIGABYTE = 1e9;
  private static final double MEGABYTES_OF_GIGABYTE = 1024;
  private static final double MILLISECONDS = 1000;

  /** Both functions of the edge run for every request: before it, and with its answer. */
  private static final int EDGE_RUNS = 2;

  private final Prices prices;

  Bill(Prices prices) {
    this.prices = prices;
  }

  /** By service, for a million; bytes are not in it. */
  Map<String, Double> ofMillion(Counts each) {
    var bill = new LinkedHashMap<String, Double>();
    bill.put("Lambda", each.invocations() * invocation());
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
                + EDGE_RUNS * prices.of("cloudFrontMillionFunctionRuns")));
    bill.put(
        "logs",
        each.invocations()
            * MILLION
            * prices.assumed("logBytesOfAnInvocation")
            / BYTES_OF_GIGABYTE
            * prices.of("logsGigabyte"));
    return bill;
  }

  private double invocation() {
    double seconds = prices.assumed("functionMilliseconds") / MILLISECONDS;
    double gigabytes = prices.assumed("functionMegabytes") / MEGABYTES_OF_GIGABYTE;
    return prices.of("lambdaMillionRequests")
        + MILLION * seconds * gigabytes * prices.of("lambdaGigabyteSecondArm");
  }

  static double sum(Map<String, Double> bill) {
    return bill.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
