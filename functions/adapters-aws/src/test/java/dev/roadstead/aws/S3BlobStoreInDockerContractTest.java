package dev.roadstead.aws;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.BlobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("long") // it starts a container
class S3BlobStoreInDockerContractTest extends BlobStoreContract {
  private AwsStores stores;

  @BeforeEach
  void open() {
    var address = LocalStackInDocker.address();
    stores = TestStores.open(address, address);
    stores.setup().bucket();
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }

  @Override
  public BlobStore store() {
    return stores.blobs();
  }
}
