package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Servers;
import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.endpoints.FunctionSettings.AccountKeys;
import dev.roadstead.localstack.TestBackend;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Job;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package and what its functions load until their first answer: what a start costs is mostly
 * that. A function that loads more than the page allows fails here, and so does one that loads so
 * much less that the page says nothing any more.
 */
@Tag("long") // it starts every function
class FunctionsPageTest {
  private static final long MAX_ZIP_BYTES = 40_000_000;

  /** Threads load some classes or not, as it happens. */
  private static final int SLACK = 100;

  /** What is done once in a while where there is an edge. */
  private static final Set<Task> OF_AN_INSTALLATION =
      Set.of(Job.UPDATE_EDGE, Job.SET_ADMINISTRATOR);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final String DIGEST = "sha256:" + "0".repeat(64);
  private static final LocationKeys KEYS =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private static final String NOBODY =
      Base64.getEncoder().encodeToString("nobody:password".getBytes(StandardCharsets.UTF_8));
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| ([0-9]+) \\|");

  @TempDir private Path folder;

  @Test
  void listsWhatEachFunctionLoads() throws Exception {
    var code = PackageUnderTest.open();
    var stores = TestBackend.onServers();
    try (var setup = Servers.stores(stores)) {
      setup.setup().table();
      setup.setup().bucket();
    }
    assertThat(Files.size(PackageUnderTest.TARGET.resolve("functions.zip")))
        .as("bytes of the package")
        .isLessThanOrEqualTo(MAX_ZIP_BYTES);
    var recorded = recorded();
    var rows = new ArrayList<List<String>>();
    for (var task : Task.all().filter(task -> !OF_AN_INSTALLATION.contains(task)).toList()) {
      int loaded = loaded(code, stores, task);
      int bound = Optional.ofNullable(recorded.get(task.functionName())).orElse(0);
      boolean holds = loaded <= bound && loaded > bound - 4 * SLACK;
      rows.add(
          List.of(
              "`" + task.functionName() + "`", Integer.toString(holds ? bound : above(loaded))));
    }
    new GeneratedPage()
        .add("# The functions, packaged")
        .add(
            """
            One package for all: `functions.zip`, at most %,d bytes. Which function it is, its
            environment says ([decision 0030](decisions/0030-one-start-class.md)). Classes are
            counted from exec to the first answer, under AWS's Java runtime client, by
            [FunctionsPageTest](../localstack/src/test/java/dev/roadstead/localstack/runtime/FunctionsPageTest.java),
            which allows no function more than stands here. The registry is open; only
            `issue-token` has accounts, without which it does nothing. Not here are `update-edge`,
            which needs an edge, and `set-administrator`: nobody waits for them.
            """
                .formatted(MAX_ZIP_BYTES))
        .table(List.of("function", "classes, at most"), rows)
        .check("functions.md");
  }

  private static int above(int loaded) {
    return (loaded / SLACK + 2) * SLACK;
  }

  private static Map<String, Integer> recorded() throws IOException {
    var page = Path.of("../docs/functions.md");
    var recorded = new HashMap<String, Integer>();
    if (Files.exists(page)) {
      var rows = ROW.matcher(Files.readString(page));
      while (rows.find()) {
        recorded.put(rows.group(1), Integer.parseInt(rows.group(2)));
      }
    }
    return recorded;
  }

  private int loaded(FunctionPackage code, AwsSettings stores, Task task) throws Exception {
    var log = folder.resolve(task.functionName());
    var started = task.hashesBlobs() ? code : code.quickToStart();
    var options = started.variables().get("JAVA_TOOL_OPTIONS") + " -Xlog:class+load:file=" + log;
    var keys = List.of(new byte[LocationKeys.KEY_BYTES]);
    var accounts =
        Optional.of(new AccountKeys(keys, keys)).filter(any -> task == Operation.ISSUE_TOKEN);
    var settings = new FunctionSettings(task, keys, accounts, RegistrySettings.DEFAULTS);
    var function =
        code.with(Servers.variables())
            .with(stores.variables())
            .with(settings.variables())
            .with(Map.of("JAVA_TOOL_OPTIONS", options));
    try (var functions =
        new Functions(
            Map.of(task.functionName(), function),
            Functions.Scale.DEFAULT,
            UUID::randomUUID,
            InstantSource.system())) {
      var _ = functions.invoke(task.functionName(), event(task), PATIENCE);
    }
    try (var lines = Files.lines(log)) {
      return (int) lines.filter(line -> line.contains(" source: ")).count();
    }
  }

  private static byte[] event(Task task) {
    return switch (task) {
      case Operation operation -> event(operation).getBytes(StandardCharsets.UTF_8);
      case Job job -> "{\"Records\":[]}".getBytes(StandardCharsets.UTF_8);
    };
  }

  /** A request that comes as far as the stores and finds nothing there. */
  private static String event(Operation operation) {
    var location =
        new UploadLocation(
            REPOSITORY, new SessionId(new UUID(0, 0)), Phase.FRESH, Instant.now().getEpochSecond());
    var path =
        operation
            .place()
            .template()
            .replace("<name>", REPOSITORY.text())
            .replace("<reference>", "latest")
            .replace("<digest>", DIGEST)
            .replace("<location>", KEYS.sign(location));
    return """
        {"rawPath":"%s","rawQueryString":"%s","headers":{%s},"body":"%s","isBase64Encoded":true,
         "requestContext":{"http":{"method":"%s"}}}"""
        .formatted(
            path,
            operation == Operation.FINISH_UPLOAD ? "digest=" + DIGEST : "",
            operation == Operation.ISSUE_TOKEN ? "\"authorization\":\"Basic " + NOBODY + "\"" : "",
            Base64.getEncoder().encodeToString(body(operation)),
            Collections.min(operation.methods()));
  }

  private static byte[] body(Operation operation) {
    var text =
        switch (operation.body()) {
          case NONE, FORM -> "";
          case BLOB -> operation == Operation.START_UPLOAD ? "" : "a chunk";
          case DOCUMENT -> "{}";
          case MANIFEST ->
              """
              {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
               "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
               "layers":[]}"""
                  .formatted(DIGEST);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
