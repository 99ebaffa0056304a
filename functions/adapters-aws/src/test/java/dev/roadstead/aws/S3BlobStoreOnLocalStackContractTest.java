package dev.roadstead.aws;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.BlobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class S3BlobStoreOnLocalStackContractTest extends BlobStoreContract {
  private AwsStores stores;

  @BeforeEach
  void open() {
    stores = TestStores.on(Servers.LOCALSTACK);
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
