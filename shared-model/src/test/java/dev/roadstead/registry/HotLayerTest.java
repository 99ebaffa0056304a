package dev.roadstead.registry;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.store.MetadataStore;

class HotLayerTest implements HotLayerContract {
  @Override
  public MetadataStore emptyStore() {
    return new InMemoryMetadataStore();
  }
}
