package dev.roadstead.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.docs.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The bill: counted calls and measured milliseconds times dated prices. */
class CostPageTest {
  private static final int FURTHER_LAYERS = 4;
  private static final int BLOBS = 2 + FURTHER_LAYERS;
  private static final double PULL_TERABYTES = 100e6 / 1e12;

  private final Prices prices = Prices.read();
  private final Bill bill = new Bill(prices);
  private final Month month = new Month(prices, bill);

  /** A config and five layers, asked for with a token; the bytes are on another line. */
  private final Counts asked =
      Counts.row("pull of the image")
          .plus(Counts.row("`GET` of a blob: the redirect").times(FURTHER_LAYERS))
          .plus(Counts.past(1, 0)) // without a token, which the edge refuses
          .plus(Counts.row("a token for a robot"))
          .plus(
              Counts.job("`count-pulls`, one manifest more often")
                  .times(1 / prices.assumed("pullsOfALogBatch")));

  private final Counts pull = asked.plus(Counts.past(0, BLOBS));
  private final Counts pullThroughCdn = asked.plus(Counts.past(BLOBS, 0));

  private final Counts directLayer =
      Counts.row("`HEAD` of a blob that is missing")
          .plus(Counts.row("`POST`, and a direct PUT of up to 5 GiB"))
          .plus(Counts.past(1, 0))
          .plus(Counts.row("`HEAD` that claims what the direct PUT brought").withoutRequest())
          .plus(Counts.job("`blob-created`, when the client was quicker"));

  @Test
  void saysWhatAMonthCosts() throws IOException {
    var page = new GeneratedPage().add("# The bill").add(introduction());
    millions(page);
    fixed(page);
    withinTheRegion(page);
    fromTheInternet(page);
    page.add("## Prices")
        .add("Dollars, %s.".formatted(prices.region()))
        .table(List.of("unit", "dollars", "of", "from"), prices.rows())
        .check("cost.md");
  }

  private String introduction() {
    return """
    Made from [the counted calls](costs.md), [measured milliseconds](performance-functions.md) and
    [dated prices](../infra-cdk/prices.json) by
    [CostPageTest](../infra-cdk/src/test/java/dev/roadstead/infra/cost/CostPageTest.java); written anew,
    with other prices, by the command for [generated pages](../CONTRIBUTING.md#build-and-test).
    **Calculated, not paid:** nothing has been deployed yet.

    A warm call is taken to last %s ms at %s MB: the CPU of the dearest function of a pull, measured as
    %s ms of a whole processor, on the part of one that such a function gets, and %s ms of waiting for the
    stores, which is assumed. Assumed are also %s ms more for a call that finds no warm function (Lambda
    asks nothing else for a snapshot of Java), %s bytes of log for each call, %s pulls in what a log hands on
    at a time, and %s bytes of records for each blob. Every request is taken to run both functions of the
    edge and to read its store twice. Whether the flat-rate plans allow uploads is not known."""
        .formatted(
            whole(bill.functionMilliseconds()),
            whole(prices.assumed("functionMegabytes")),
            cents(bill.cpuMilliseconds()),
            whole(prices.assumed("storeMilliseconds")),
            whole(prices.assumed("restoreMilliseconds")),
            whole(prices.assumed("logBytesOfAnInvocation")),
            whole(prices.assumed("pullsOfALogBatch")),
            whole(prices.assumed("recordBytesOfABlob")));
  }

  private void millions(GeneratedPage page) {
    page.add("## A million of each, without the bytes")
        .add(
            """
            A pull is a config and five layers with a token of its own: %s requests, and %s more at S3 or the
            CDN. Pushes are without a token, and with the first layer only.
            """
                .formatted(whole(asked.requests()), BLOBS))
        .table(
            List.of("a million", "Lambda", "DynamoDB", "S3", "CloudFront", "logs, events", "sum"),
            List.of(
                million("pulls, blobs from the bucket", pull),
                million("pulls, blobs from copies in the CDN", pullThroughCdn),
                million(
                    "pushes of a new image with one small layer",
                    Counts.row("push of a new image")),
                million(
                    "pushes of the same image again", Counts.row("push of the same image again")),
                million("layers more in a push, each as a direct PUT", directLayer)))
        .add("A layer's part in the manifest's transaction is not in the last row.");
  }

  private void fixed(GeneratedPage page) {
    page.add("## A month in which nothing happens")
        .table(List.of("", "dollars"), idle())
        .add(
            """
            Nothing else costs anything while nobody pulls: the queue of failures is empty and nobody asks it,
            the table's stream is read by Lambda for nothing, and a snapshot of a Java function is kept for
            nothing. The relay is that of `relay wake`; with `none` its line is away, with `container` another one
            stands for it.
            """)
        .add("## Bytes, hours and storage")
        .table(List.of("", "dollars"), bytes());
  }

  private List<List<String>> idle() {
    var rows = new ArrayList<List<String>>();
    month.idle().forEach((what, dollars) -> rows.add(List.of(what, tenthsOfCents(dollars))));
    rows.add(List.of("**all of it**", "**" + tenthsOfCents(Bill.sum(month.idle())) + "**"));
    return rows;
  }

  private List<List<String>> bytes() {
    return List.of(
        List.of("1 TB stored, a month", cents(month.stored())),
        List.of(
            "its records in the table if blobs have 20 MB, with point-in-time recovery",
            cents(month.records())),
        List.of("bringing that table back once", cents(month.restored())),
        List.of(
            "a limit to requests, off unless it is wanted: a month, whether anybody asks or not",
            cents(prices.of("webAclMonth"))),
        List.of(
            "the same: a million requests, refused ones too",
            cents(prices.of("webAclMillionRequests"))),
        List.of(
            "1 TB pushed straight into the bucket", cents(terabyte("cloudFrontGigabyteToOrigin"))),
        List.of("1 TB pulled within the Region", cents(0)),
        List.of("1 TB pulled from S3 over the internet", cents(terabyte("s3GigabyteToInternet"))),
        List.of("1 TB pulled through the CDN", cents(terabyte("cloudFrontGigabyteToInternet"))),
        List.of("an hour in which the relay is awake", tenthsOfCents(prices.of("relayHour"))),
        List.of("a relay that is always on, a month", cents(month.standingRelay())));
  }

  private void withinTheRegion(GeneratedPage page) {
    var millions = List.of(0.0, 1.0, 10.0, 50.0);
    page.add("## Beside others, within the Region")
        .add(
            """
            A month with 1 TB stored, and pulls from within the Region, whose bytes cost nothing anywhere. A
            flat-rate plan stands in the place of the CDN's requests and bytes; the smallest one that has them.
            """)
        .add("![Dollars a month over million pulls](cost.svg)")
        .table(
            List.of("dollars a month", "no pull", "1 million", "10 million", "50 million"),
            List.of(
                row("Roadstead", millions, m -> Optional.of(inRegion(m))),
                row("Roadstead on a flat-rate plan", millions, this::onPlanInRegion),
                row("ECR", millions, m -> Optional.of(month.ecr())),
                row("Harbor on three machines", millions, m -> Optional.of(month.harbor()))))
        .add(
            "Above %s million pulls a month ECR is cheaper, above %s million the machines are."
                .formatted(breakEven(month.ecr()), breakEven(month.harbor())));
  }

  private void fromTheInternet(GeneratedPage page) {
    var millions = List.of(0.01, 0.1, 0.5);
    page.add("## Beside others, from the internet")
        .add("The same month with pulls of 100 MB from elsewhere: bytes are most of every bill.")
        .table(
            List.of("dollars a month", "10,000: 1 TB", "100,000: 10 TB", "500,000: 50 TB"),
            List.of(
                row(
                    "Roadstead, blobs from the bucket",
                    millions,
                    m -> Optional.of(inRegion(m) + fromS3(m))),
                row("Roadstead, blobs from the CDN", millions, this::throughCdn),
                row("Roadstead, blobs from the CDN on a flat-rate plan", millions, this::onPlan),
                row("ECR", millions, m -> Optional.of(month.ecr() + fromS3(m))),
                row(
                    "Harbor on three machines",
                    millions,
                    m -> Optional.of(month.harbor() + fromS3(m)))));
  }

  @Test
  void drawsIt() throws IOException {
    var chart =
        new CostChart(40, 800)
            .line("Roadstead", "#1f77b4", m -> Optional.of(inRegion(m)))
            .line("flat-rate plan", "#9467bd", this::onPlanInRegion)
            .line("ECR", "#d62728", m -> Optional.of(month.ecr()))
            .line("Harbor, three machines", "#2ca02c", m -> Optional.of(month.harbor()))
            .svg();
    var file = Pages.ROOT.resolve("docs/cost.svg");
    if (System.getProperty("roadstead.docs", "").equals("write")) {
      Files.writeString(file, chart);
    }

    assertThat(file).hasContent(chart);
  }

  private double inRegion(double millions) {
    return month.roadstead() + millions * Bill.sum(bill.ofMillion(pull));
  }

  private Optional<Double> onPlanInRegion(double millions) {
    return month
        .plan(millions * pull.requests(), 0)
        .map(plan -> month.roadstead() + plan + millions * withoutCdn(pull));
  }

  private Optional<Double> throughCdn(double millions) {
    double bytes = terabyte("cloudFrontGigabyteToInternet") * terabytes(millions);
    return Optional.of(
        month.roadstead() + millions * Bill.sum(bill.ofMillion(pullThroughCdn)) + bytes);
  }

  private Optional<Double> onPlan(double millions) {
    return month
        .plan(millions * pullThroughCdn.requests(), terabytes(millions))
        .map(plan -> month.roadstead() + plan + millions * withoutCdn(pullThroughCdn));
  }

  private double withoutCdn(Counts each) {
    var services = bill.ofMillion(each);
    services.remove("CloudFront");
    return Bill.sum(services);
  }

  private static double terabytes(double millions) {
    return millions * 1e6 * PULL_TERABYTES;
  }

  private double fromS3(double millions) {
    return terabyte("s3GigabyteToInternet") * terabytes(millions);
  }

  private double terabyte(String price) {
    return Month.GIGABYTES_OF_TERABYTE * prices.of(price);
  }

  private String breakEven(double others) {
    double each = Bill.sum(bill.ofMillion(pull));
    return String.format(Locale.ROOT, "%.1f", (others - month.roadstead()) / each);
  }

  private List<String> million(String what, Counts each) {
    var row = new ArrayList<String>();
    row.add(what);
    var services = bill.ofMillion(each);
    services.values().forEach(dollars -> row.add(cents(dollars)));
    row.add("**" + cents(Bill.sum(services)) + "**");
    return row;
  }

  private static List<String> row(
      String name, List<Double> millions, DoubleFunction<Optional<Double>> dollars) {
    var row = new ArrayList<>(List.of(name));
    DoubleStream.of(millions.stream().mapToDouble(m -> m).toArray())
        .mapToObj(dollars)
        .map(found -> found.map(CostPageTest::whole).orElse("–"))
        .forEach(row::add);
    return row;
  }

  private static String cents(double dollars) {
    return String.format(Locale.ROOT, "%.2f", dollars);
  }

  private static String tenthsOfCents(double dollars) {
    return String.format(Locale.ROOT, "%.3f", dollars);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }
}
