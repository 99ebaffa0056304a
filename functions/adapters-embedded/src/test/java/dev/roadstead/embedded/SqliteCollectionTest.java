package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.CollectorCrashContract;
import dev.roadstead.registry.CollectorRaceContract;
import dev.roadstead.registry.HotLayerContract;
import dev.roadstead.registry.StripesContract;
import dev.roadstead.store.Condition;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Write;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Collection on the store that one machine uses: crashes, races, a storm on one layer, stripes. */
class SqliteCollectionTest
    implements CollectorCrashContract, CollectorRaceContract, HotLayerContract, StripesContract {
  private DataFolder folder;
  private SqliteMetadataStore store;

  @BeforeEach
  void open(@TempDir Path path) {
    folder = TestFolder.open(path);
    store = SqliteMetadataStore.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
    folder.close();
  }

  @Override
  public MetadataStore emptyStore() {
    for (var item : store.scan(Optional.empty(), Scan.MAX_LIMIT).items()) {
      store.write(new Write.Delete(item.key(), Condition.NONE));
    }
    assertThat(store.scan(Optional.empty(), 1).items()).isEmpty();
    return store;
  }
}
