package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Chunk;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.registry.collect.Collector;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector on a data folder on which no registry runs. */
class GcCommandTest {
  private static final RepositoryName APP = new RepositoryName("team/app");

  @TempDir private Path folder;

  /** Does something with the stores, in which nothing waits before it is collected. */
  private void inRegistry(CollectionLimits limits, Consumer<Environment> work) {
    var settings =
        RegistrySettings.DEFAULTS
            .withLives(Duration.ZERO, Duration.ZERO, Optional.empty())
            .withCollectionLimits(limits);
    try (var data = DataFolder.open(folder.resolve("data"), new SecureRandom());
        var metadata = SqliteMetadataStore.open(data)) {
      var clock = InstantSource.system();
      var addresses = new ObjectAddress(data.secret(DataFolder.Secret.OBJECT_ADDRESSES), clock);
      var blobs = new FileBlobStore(data, UUID::randomUUID, addresses);
      work.accept(new Environment(metadata, blobs, clock, UUID::randomUUID, settings));
    }
  }

  private static void push(Environment environment, int blob) {
    var bytes = new byte[1000 + blob];
    var uploads = new Uploads(environment);
    var session = uploads.start(APP, Optional.empty());
    var chunk =
        new Chunk(
            OptionalLong.empty(),
            OptionalLong.of(bytes.length),
            Channels.newChannel(new ByteArrayInputStream(bytes)));
    uploads.finish(APP, session, Digest.sha256(bytes), chunk);
  }

  private Run gc(String... arguments) {
    var all = new String[arguments.length + 3];
    all[0] = "gc";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = folder.resolve("data").toString();
    return Run.of(all);
  }

  @BeforeEach
  void threeBlobsThatNothingNames() {
    inRegistry(CollectionLimits.DEFAULTS, e -> IntStream.range(0, 3).forEach(n -> push(e, n)));
  }

  @Test
  void showsWhatARunWouldDoAndDoesIt() {
    for (int twice = 0; twice < 2; twice++) {
      var preview = gc("dry-run");
      assertThat(preview.status()).isZero();
      assertThat(preview.output())
          .contains("R#team/app#B", "nothing names it", "condemned    3 objects, 3,003 bytes");
    }

    assertThat(gc("run").output()).contains("condemned    3 objects, 3,003 bytes");
    assertThat(gc("run").output()).contains("condemned    0 objects, 0 bytes");
    assertThat(gc("status").output()).contains("collects", "3 of 100 allowed a day");
  }

  @Test
  void printsTheAnswerItself() {
    assertThat(gc("dry-run", "--output", "json").output())
        .contains("\"verdict\" : \"garbage\"", "\"condemnedBytes\" : 3003", "\"objects\" : 1");
  }

  @Test
  void letsACollectorGoOnThatHasStoppedItself() {
    inRegistry(CollectionLimits.exactly(0), environment -> new Collector(environment).run());
    assertThat(gc("status").output()).contains("stopped    since 20");
    assertThat(gc("run").output()).contains("stands still", "condemned    0 objects");

    assertThat(gc("acknowledge").output()).contains("it goes on");
    assertThat(gc("acknowledge").output()).contains("it did not stand still");
    assertThat(gc("run").output()).contains("condemned    3 objects");
  }
}
