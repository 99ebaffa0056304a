package dev.roadstead.aws;

import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.MetadataStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DynamoDbMetadataStoreContractTest extends MetadataStoreContract {
  private AwsStores stores;

  @BeforeEach
  void open() {
    stores = TestStores.onMoto();
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }

  @Override
  public MetadataStore store() {
    return stores.metadata();
  }
}
