package dev.roadstead.memory;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.BlobStoreContract;

class InMemoryBlobStoreTest extends BlobStoreContract {
  private final BlobStore store = new InMemoryBlobStore();

  @Override
  public BlobStore store() {
    return store;
  }
}
