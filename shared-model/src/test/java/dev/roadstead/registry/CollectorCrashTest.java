package dev.roadstead.registry;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.store.MetadataStore;

class CollectorCrashTest implements CollectorCrashContract {
  @Override
  public MetadataStore emptyStore() {
    return new InMemoryMetadataStore();
  }
}
