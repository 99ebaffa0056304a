package dev.roadstead.aws;

import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one operation costs, counted on real servers; a change that adds anything fails here. */
class CostsPageTest {
  private static final byte[] BLOB = bytes(1, 20_000);
  private static final byte[] DIRECT = bytes(2, 20_000);
  private static final byte[] STREAM = bytes(3, 20_000);
  private static final byte[] CONFIG = bytes(4, 2_000);
  private static final byte[] LAYER = bytes(5, 20_000);
  private static final byte[] CLAIMED = bytes(6, 20_000);
  private static final byte[] ARRIVED = bytes(7, 20_000);

  private final Faults calls = new Faults(); // nothing fails; it counts
  private AwsStores stores;
  private Bill bill;
  private TestClient client;

  private static byte[] bytes(int seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void open() {
    stores = TestStores.onBoth(calls);
    bill = new Bill(stores.metadata());
    client = new TestClient(stores, bill);
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }

  /** One row: what a step costs, and how many functions it takes. */
  private List<String> row(String step, int invocations, Consumer<TestClient> act) {
    bill.forget();
    calls.heal();
    act.accept(client);
    var s3 = new TreeMap<String, Long>();
    for (var call : calls.calls()) {
      if (!isDynamoDb(call)) {
        s3.merge(call, 1L, Long::sum);
      }
    }
    return List.of(
        step,
        Integer.toString(invocations),
        Double.toString(bill.readUnits()),
        Long.toString(bill.writeUnits()),
        s3.isEmpty() ? "–" : text(s3));
  }

  private static boolean isDynamoDb(String call) {
    return call.endsWith("Item") || call.endsWith("Items") || call.equals("Query");
  }

  private static String text(Map<String, Long> counted) {
    return counted.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private List<List<String>> steps() {
    return List.of(
        row("`HEAD` of a blob that is missing", 1, c -> c.look(BLOB)),
        row("`POST`, and `PUT` of a blob of up to 4.5 MB", 2, c -> c.pushWhole(BLOB)),
        row(
            "`POST`, a stream of up to 64 MiB through the relay, `PUT`",
            2,
            c -> c.pushStream(STREAM)),
        row("`POST`, and a direct PUT of up to 5 GiB", 1, c -> c.pushDirect(DIRECT)),
        row("`HEAD` that claims what the direct PUT brought", 1, c -> c.look(DIRECT)),
        row("`HEAD` of a blob that is there", 1, c -> c.look(BLOB)),
        row(
            "`PUT` of a manifest: one layer, a new tag, a new repository",
            1,
            c -> c.put(TestClient.manifest(BLOB), "latest")),
        row("the same again", 1, c -> c.put(TestClient.manifest(BLOB), "latest")),
        row(
            "`PUT` of another manifest under that tag",
            1,
            c -> c.put(TestClient.manifest(DIRECT), "latest")),
        row("`GET` or `HEAD` of a manifest by tag", 1, c -> c.pull(new Tag("latest"))),
        row(
            "`GET` or `HEAD` of a manifest by digest",
            1,
            c -> c.pull(Digest.sha256(TestClient.manifest(DIRECT)))),
        row("`GET` of a blob: the redirect", 1, c -> c.find(BLOB)));
  }

  /** As containerd and Docker do it, the look at the registry itself included. */
  private List<List<String>> images() {
    var image = TestClient.manifest(CONFIG, LAYER);
    return List.of(
        row(
            "push of a new image",
            8,
            c -> {
              for (var blob : List.of(CONFIG, LAYER)) {
                c.look(blob);
                c.pushWhole(blob);
              }
              c.put(image, "image");
            }),
        row(
            "push of the same image again",
            4,
            c -> {
              c.look(CONFIG);
              c.look(LAYER);
              c.put(image, "image");
            }),
        row(
            "pull of the image",
            5,
            c -> {
              c.pull(new Tag("image"));
              c.pull(Digest.sha256(image));
              c.find(CONFIG);
              c.find(LAYER);
            }));
  }

  /** What nobody has asked for, and what an account adds. */
  private List<List<String>> besides() {
    var jobs = new TestJobs(stores, bill);
    var claimed = client.pushDirect(CLAIMED);
    client.look(CLAIMED);
    var arrived = client.pushDirect(ARRIVED);
    return List.of(
        row("a token for a robot", 1, c -> jobs.issueToken()),
        row("the keys, read by a process once an hour", 0, c -> jobs.readKeys()),
        row(
            "`blob-created`, when the client was quicker",
            1,
            c -> jobs.arrived(c, CLAIMED, claimed)),
        row("`blob-created`, when it claims", 1, c -> jobs.arrived(c, ARRIVED, arrived)),
        row("`count-pulls`, the first pulls of a manifest on a day", 1, jobs::countPulls),
        row("`count-pulls`, one manifest more often", 1, jobs::countPulls),
        row("`run-collector`, when nothing is due", 1, c -> jobs.collect()),
        row("`update-edge`, when nothing has changed", 1, c -> jobs.updateEdge()));
  }

  @Test
  void saysWhatPushesAndPullsCost() throws IOException {
    var head = List.of("", "invocations", "read units", "write units", "S3 requests");
    new GeneratedPage()
        .add("# What a push and a pull cost on AWS")
        .add(
            """
            Made by
            [CostsPageTest](../functions/adapters-aws/src/test/java/dev/roadstead/aws/CostsPageTest.java),
            which runs each step on servers that speak DynamoDB's and S3's protocols and counts; a
            change that adds anything fails there. Read and write units are those of a table that
            is paid per request, computed from the sizes of the items by DynamoDB's rules, the index
            of candidates included. The repository's name is short and the manifests are small.
            The collector's work when the image is deleted is not in it.
            """)
        .add("## Step by step")
        .table(head, steps())
        .add("The bytes of a blob are one `GetObject` more, which the client sends to S3 itself.")
        .add("## An image of a config and one layer")
        .add(
            """
            As containerd and Docker push and pull it, blobs of up to 4.5 MB, `GET /v2/` included.
            Each layer more is three invocations of a push, and one of a pull.
            """)
        .table(head, images())
        .add("## Tokens, keys and jobs")
        .add(
            """
            A token is good for five minutes and as many requests as fit in them. What begins the jobs is
            on [its page](deploy.md#jobs); `update-edge` makes two calls to the edge's store besides.
            """)
        .table(head, besides())
        .check("costs.md");
  }
}
