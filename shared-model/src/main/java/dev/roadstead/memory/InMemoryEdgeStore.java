package dev.roadstead.memory;

import dev.roadstead.store.EdgeStore;
import dev.roadstead.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The texts of an edge in memory; everybody knows at once what was told. */
public final class InMemoryEdgeStore implements EdgeStore {
  private final Map<String, String> texts = new TreeMap<>();
  private int tellings;

  @Override
  public synchronized String mark() {
    return Integer.toString(tellings);
  }

  @Override
  public synchronized boolean tell(String mark, Map<String, String> told) {
    if (!mark.equals(mark())) {
      return false;
    }
    told.forEach(InMemoryEdgeStore::refuseLong);
    texts.putAll(told);
    tellings++;
    return true;
  }

  private static void refuseLong(String name, String text) {
    if ((name + text).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES || text.isEmpty()) {
      throw new StoreException("the edge's store does not take this text: " + name);
    }
  }

  /** All that was told. */
  public synchronized Map<String, String> texts() {
    return Map.copyOf(texts);
  }
}
