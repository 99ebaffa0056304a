package dev.roadstead.registry;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.store.MetadataStore;

class CollectorRaceTest implements CollectorRaceContract {
  @Override
  public MetadataStore emptyStore() {
    return new InMemoryMetadataStore();
  }
}
