package dev.roadstead.infra.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a month costs: nothing happening, something stored, and what stands beside Roadstead. */
public final class Month {
  /** How many alarms an installation has, each of one metric. */
  public static final int ALARMS = 2;

  static final double GIGABYTES_OF_TERABYTE = 1000;

  private static final double DAYS = 30.4;
  private static final double HOURS = 24 * DAYS;

  /** What {@code update-edge} asks of the edge's store. */
  private static final int EDGE_CALLS = 2;

  /** The size of blobs that a terabyte is assumed to consist of. */
  private static final double BLOBS_OF_TERABYTE = 50_000;

  private static final double BYTES_OF_GIGABYTE = 1e9;

  private final Prices prices;
  private final Bill bill;

  Month(Prices prices, Bill bill) {
    this.prices = prices;
    this.bill = bill;
  }

  /** A plan of the CDN, with what it has in a month. */
  private record Plan(String price, double millionRequests, double terabytes) {}

  private static Stream<Plan> plans() {
    return Stream.of(
        new Plan("flatRatePro", 10, 50),
        new Plan("flatRateBusiness", 125, 50),
        new Plan("flatRatePremium", 500, 50));
  }

  /** Dollars of the smallest plan that has so much; none when none has. */
  Optional<Double> plan(double millionRequests, double terabytes) {
    return plans()
        .filter(p -> p.millionRequests >= millionRequests && p.terabytes >= terabytes)
        .map(p -> prices.of(p.price))
        .findFirst();
  }

  /** In which nobody pushes or pulls. Every job finds a function that is not warm. */
  Map<String, Double> idle() {
    var keys = Counts.row("the keys, read by a process once an hour").withoutRequest();
    var collector = Counts.job("`run-collector`, when nothing is due").plus(keys);
    var edge = Counts.job("`update-edge`, when nothing has changed").plus(keys);
    var idle = new LinkedHashMap<String, Double>();
    idle.put("%d alarms".formatted(ALARMS), ALARMS * prices.of("alarmMonth"));
    idle.put("`run-collector`, once an hour", HOURS * bill.ofOneCold(collector));
    idle.put(
        "`update-edge`, once a day, and its calls to the edge's store",
        DAYS * (bill.ofOneCold(edge) + EDGE_CALLS * prices.of("edgeStoreThousandCalls") / 1000));
    idle.put(
        "the disk of a relay that sleeps",
        prices.assumed("relayDiskGigabytes") * prices.of("diskGigabyteMonth"));
    return idle;
  }

  /** A task, the balancer before it, and its address. */
  double standingRelay() {
    double task =
        prices.assumed("relayTaskProcessors") * prices.of("fargateProcessorHourArm")
            + prices.assumed("relayTaskGigabytes") * prices.of("fargateGigabyteHourArm");
    return HOURS * (task + prices.of("balancerHour") + prices.of("addressHour"));
  }

  /** A terabyte in the bucket. */
  double stored() {
    return GIGABYTES_OF_TERABYTE * prices.of("s3GigabyteMonth");
  }

  /** The records of a terabyte, which the table can be brought back to any second with. */
  double records() {
    return recordGigabytes()
        * (prices.of("dynamoDbGigabyteMonth") + prices.of("dynamoDbRecoveryGigabyteMonth"));
  }

  /** Bringing that table back once. */
  double restored() {
    return recordGigabytes() * prices.of("dynamoDbRestoredGigabyte");
  }

  private double recordGigabytes() {
    return BLOBS_OF_TERABYTE * prices.assumed("recordBytesOfABlob") / BYTES_OF_GIGABYTE;
  }

  /** Roadstead with a terabyte stored, before anybody pulls. */
  double roadstead() {
    return Bill.sum(idle()) + stored() + records();
  }

  double ecr() {
    return GIGABYTES_OF_TERABYTE * prices.of("ecrGigabyteMonth");
  }

  double harbor() {
    return prices.of("harborMachinesMonth") + stored();
  }
}
