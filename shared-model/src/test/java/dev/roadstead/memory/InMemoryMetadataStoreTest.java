package dev.roadstead.memory;

import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.MetadataStoreContract;

class InMemoryMetadataStoreTest extends MetadataStoreContract {
  private final MetadataStore store = new InMemoryMetadataStore();

  @Override
  public MetadataStore store() {
    return store;
  }
}
