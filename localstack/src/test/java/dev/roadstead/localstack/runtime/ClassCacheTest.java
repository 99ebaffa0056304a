package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Servers;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.localstack.TestBackend;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of classes, made and used by processes of the package. */
@Tag("long") // it starts processes
class ClassCacheTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PING =
      "{\"rawPath\":\"/v2/\",\"headers\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}";

  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  /** The JVM ends at once when it cannot use the cache that it is given. */
  private static final String CACHE_OR_NOTHING = " -XX:AOTMode=on";

  @TempDir private Path folder;
  private FunctionPackage code;
  private AwsSettings stores;

  @BeforeEach
  void open() throws IOException {
    code = PackageUnderTest.open();
    stores = TestBackend.onServers();
    try (var setup = Servers.stores(stores)) {
      setup.setup().table(); // priming reads it
    }
  }

  @Test
  void isUsedByFunctionsThatItWasNotMadeWith() throws Exception {
    var cache =
        ClassCache.of(with(Operation.PUT_MANIFEST, code), UUID::randomUUID, CLOCK).orElseThrow();
    var options = code.variables().get(OPTIONS) + CACHE_OR_NOTHING;
    var ping = with(Operation.PING, code.with(Map.of(OPTIONS, options))).with(cache);

    for (var variant : List.of(ping, ping.quickToStart())) {
      try (var functions =
          new Functions(
              Map.of("ping", variant), Functions.Scale.DEFAULT, UUID::randomUUID, CLOCK)) {
        var answer = functions.invoke("ping", PING.getBytes(StandardCharsets.UTF_8), PATIENCE);

        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"statusCode\":200");
      }
    }
  }

  @Test
  void isMadeOnceForABuildOfThePackage() throws Exception {
    var whole = with(Operation.PUT_MANIFEST, code);
    var cache = ClassCache.of(whole, UUID::randomUUID, CLOCK).orElseThrow();
    var made = Files.getLastModifiedTime(cache);

    assertThat(ClassCache.of(whole, UUID::randomUUID, CLOCK)).contains(cache);
    assertThat(Files.getLastModifiedTime(cache)).isEqualTo(made);
  }

  @Test
  void belongsToNoPackageThatWasBuiltAfterIt() throws IOException {
    var jar = Files.createDirectories(folder.resolve("functions/lib")).resolve("endpoints.jar");
    Files.write(jar, new byte[0]);
    var cache = Files.write(folder.resolve("functions.aot"), new byte[0]);
    var elsewhere =
        new FunctionPackage(
            folder.resolve("functions"), "", Map.of(), code.library(), Optional.empty());
    var built = Files.getLastModifiedTime(jar).toInstant();

    Files.setLastModifiedTime(cache, FileTime.from(built.plusSeconds(1)));
    assertThat(elsewhere.isOlderThan(cache)).isTrue();
    Files.setLastModifiedTime(cache, FileTime.from(built.minusSeconds(1)));
    assertThat(elsewhere.isOlderThan(cache)).isFalse();
  }

  @Test
  void isDoneWithoutWhenItCannotBeMade() throws IOException {
    var broken =
        new FunctionPackage(
            Files.createDirectories(folder.resolve("functions")),
            code.classPath(),
            Map.of("MAIN_CLASS", "no.such.Function"),
            code.library(),
            Optional.empty());

    assertThat(ClassCache.of(broken, UUID::randomUUID, CLOCK)).isEmpty();
  }

  private FunctionPackage with(Operation operation, FunctionPackage code) {
    var settings =
        new FunctionSettings(
            operation,
            List.of(new byte[LocationKeys.KEY_BYTES]),
            Optional.empty(),
            RegistrySettings.DEFAULTS);
    var variables = new HashMap<>(settings.variables());
    variables.putAll(Servers.variables());
    variables.putAll(stores.variables());
    return code.with(variables);
  }
}
