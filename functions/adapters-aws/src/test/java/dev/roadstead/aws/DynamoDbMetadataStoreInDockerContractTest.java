package dev.roadstead.aws;

import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.MetadataStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("long") // it starts a container
class DynamoDbMetadataStoreInDockerContractTest extends MetadataStoreContract {
  private AwsStores stores;

  @BeforeEach
  void open() {
    var address = LocalStackInDocker.address();
    stores = TestStores.open(address, address);
    stores.setup().table();
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
