package dev.roadstead.embedded;

import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.MetadataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataStoreContractTest extends MetadataStoreContract {
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
  public MetadataStore store() {
    return store;
  }
}
