package dev.roadstead.memory;

import dev.roadstead.store.EdgeStore;
import java.util.Map;

/** An edge's store whose calls are counted and may be the last of their process. */
public record FaultyEdgeStore(EdgeStore store, FaultPlan plan) implements EdgeStore {
  @Override
  public String mark() {
    return plan.run("mark", store::mark);
  }

  @Override
  public boolean tell(String mark, Map<String, String> texts) {
    return plan.run("tell", () -> store.tell(mark, texts));
  }
}
