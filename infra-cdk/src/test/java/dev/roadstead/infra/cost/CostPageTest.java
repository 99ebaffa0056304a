package dev.roadstead.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.docs.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The bill: counted calls times dated prices. */
class CostPageTest {
  private static final int FURTHER_LAYERS = 4;
  private static final double GIGABYTES_OF_TERABYTE = 1000;

  private final Prices prices = Prices.read();
  private final Bill bill = new Bill(prices);

  /** A config and five layers; its bytes go from S3 to the client. */
  private final Counts pull =
      Counts.row("pull of the image")
          .plus(Counts.row("`GET` of a blob: the redirect").times(FURTHER_LAYERS))
          .plus(Counts.past(0, 2 + FURTHER_LAYERS));

  private final Counts directLayer =
      Counts.row("`HEAD` of a blob that is missing")
          .plus(Counts.row("`POST`, and a direct PUT of up to 5 GiB"))
          .plus(Counts.past(1, 0))
          .plus(Counts.row("`HEAD` that claims what the direct PUT brought").withoutRequest());

  @Test
  void saysWhatAMonthCosts() throws IOException {
    var page =
        new GeneratedPage()
            .add("# The bill")
            .add(
                """
                Made from [the counted calls](costs.md) and [dated prices](../infra-cdk/prices.json) by
                [CostPageTest](../infra-cdk/src/test/java/dev/roadstead/infra/cost/CostPageTest.java); written
                anew, with other prices, by the command for [generated pages](../CONTRIBUTING.md#build-and-test).
                **Calculated, not paid:** nothing has been deployed yet. How long a function runs is assumed
                (%s ms at %s MB), and so is what it logs (%s bytes a call). Tokens are not in it.
                Whether the flat-rate plans allow uploads is not known.
                """
                    .formatted(
                        whole(prices.assumed("functionMilliseconds")),
                        whole(prices.assumed("functionMegabytes")),
                        whole(prices.assumed("logBytesOfAnInvocation"))));
    millions(page);
    besideOthers(page);
    page.add("## Prices").table(List.of("unit", "dollars", "from"), prices.rows()).check("cost.md");
  }

  private void millions(GeneratedPage page) {
    page.add("## A million of each, without the bytes")
        .add(
            "Dollars, prices of %s in %s. A pull is a config and five layers: %s requests."
                .formatted(prices.date(), prices.region(), whole(pull.requests())))
        .table(
            List.of("a million", "Lambda", "DynamoDB", "S3", "CloudFront", "logs", "sum"),
            List.of(
                million("pulls", pull),
                million(
                    "pushes of a new image with one small layer",
                    Counts.row("push of a new image")),
                million(
                    "pushes of the same image again", Counts.row("push of the same image again")),
                million("layers more in a push, each as a direct PUT", directLayer)))
        .add("A layer's part in the manifest's transaction is not in the last row.")
        .add("## Bytes, and a month in which nothing happens")
        .table(List.of("", "dollars"), bytes());
  }

  private void besideOthers(GeneratedPage page) {
    page.add("## Beside others")
        .add(
            """
            A month with 1 TB stored, pulls from within the Region, whose bytes cost nothing anywhere. From
            the internet, bytes are most of every bill: 20 TB are 200,000 pulls of 100 MB.
            """)
        .add("![Dollars a month over million pulls](cost.svg)")
        .table(
            List.of("dollars a month", "no pull", "1 million", "10 million", "50 million"),
            List.of(
                month("Roadstead", month(), perMillion()),
                month("ECR", ecr(), 0),
                month("Harbor on three machines", harbor(), 0)))
        .add(breakEven());
  }

  @Test
  void drawsIt() throws IOException {
    var chart =
        new CostChart(40, 800)
            .line("Roadstead", "#1f77b4", millions -> month() + millions * perMillion())
            .line("ECR", "#d62728", millions -> ecr())
            .line("Harbor, three machines", "#2ca02c", millions -> harbor())
            .svg();
    var file = Pages.ROOT.resolve("docs/cost.svg");
    if (System.getProperty("roadstead.docs", "").equals("write")) {
      Files.writeString(file, chart);
    }

    assertThat(file).hasContent(chart);
  }

  private List<String> million(String what, Counts each) {
    var row = new ArrayList<String>();
    row.add(what);
    var services = bill.ofMillion(each);
    services.values().forEach(dollars -> row.add(cents(dollars)));
    row.add("**" + cents(Bill.sum(services)) + "**");
    return row;
  }

  private List<List<String>> bytes() {
    return List.of(
        List.of(
            "a month in which nothing happens: one alarm, and the disk of the relay that sleeps",
            cents(idle())),
        List.of("an hour in which the relay is awake", tenthsOfCents(prices.of("relayHour"))),
        List.of("1 TB stored, a month", cents(terabyte("s3GigabyteMonth"))),
        List.of(
            "1 TB pushed straight into the bucket", cents(terabyte("cloudFrontGigabyteToOrigin"))),
        List.of("1 TB pulled within the Region", cents(0)),
        List.of("1 TB pulled from S3 over the internet", cents(terabyte("s3GigabyteToInternet"))),
        List.of(
            "1 TB pulled through the CDN, which is not there yet",
            cents(terabyte("cloudFrontGigabyteToInternet"))),
        List.of(
            "flat-rate plan Pro of the CDN, in the place of its requests and bytes: 10 million"
                + " requests, 50 TB",
            cents(prices.of("flatRatePro"))),
        List.of(
            "flat-rate plan Business, likewise: 125 million requests, 50 TB",
            cents(prices.of("flatRateBusiness"))));
  }

  private double terabyte(String price) {
    return GIGABYTES_OF_TERABYTE * prices.of(price);
  }

  private double idle() {
    return prices.of("alarmMonth")
        + prices.assumed("relayDiskGigabytes") * prices.of("diskGigabyteMonth");
  }

  private double month() {
    return idle() + terabyte("s3GigabyteMonth");
  }

  private double perMillion() {
    return Bill.sum(bill.ofMillion(pull));
  }

  private double ecr() {
    return terabyte("ecrGigabyteMonth");
  }

  private double harbor() {
    return prices.of("harborMachinesMonth") + terabyte("s3GigabyteMonth");
  }

  private static List<String> month(String name, double fixed, double perMillion) {
    return List.of(
        name,
        whole(fixed),
        whole(fixed + perMillion),
        whole(fixed + 10 * perMillion),
        whole(fixed + 50 * perMillion));
  }

  private String breakEven() {
    return "Above %s million pulls a month ECR is cheaper, above %s million the machines are."
        .formatted(
            tenths((ecr() - month()) / perMillion()), tenths((harbor() - month()) / perMillion()));
  }

  private static String cents(double dollars) {
    return String.format(Locale.ROOT, "%.2f", dollars);
  }

  private static String tenthsOfCents(double dollars) {
    return String.format(Locale.ROOT, "%.3f", dollars);
  }

  private static String tenths(double millions) {
    return String.format(Locale.ROOT, "%.1f", millions);
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%.0f", number);
  }
}
