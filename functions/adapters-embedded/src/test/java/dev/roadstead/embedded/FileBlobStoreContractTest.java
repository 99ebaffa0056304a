package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreContractTest extends BlobStoreContract {
  private DataFolder folder;
  private BlobStore store;

  @BeforeEach
  void open(@TempDir Path path) {
    folder = TestFolder.open(path);
    store = TestFolder.blobStore(folder);
  }

  @AfterEach
  void leavesNothingInTmp() {
    assertThat(folder.tmp()).isEmptyDirectory();
    folder.close();
  }

  @Override
  public BlobStore store() {
    return store;
  }
}
