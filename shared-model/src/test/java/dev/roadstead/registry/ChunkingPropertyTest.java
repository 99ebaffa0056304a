package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;

import dev.roadstead.registry.Client.Upload;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** However a blob is cut into chunks, and however each of them is sent, it is the blob. */
class ChunkingPropertyTest {
  private static final TestBlob WHOLE = TestBlob.random(1, 12_000_000);

  /** Chunk sizes of every order of magnitude, those about the smallest part more often. */
  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 1000)),
            Tuple.of(2, Arbitraries.integers().between(1000, 2_000_000)),
            Tuple.of(
                1,
                Arbitraries.integers().between(TestBlob.PART_BYTES - 2, TestBlob.PART_BYTES + 2)))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void anyCuttingGivesTheBlob(
      @ForAll("sizes") List<Integer> sizes, @ForAll List<Boolean> withLength) {
    int total = (int) Math.min(WHOLE.sizeBytes(), sizes.stream().mapToLong(s -> s).sum());
    var blob = TestBlob.of(WHOLE.slice(0, total));
    var world = new World();
    var client = world.client(APP);
    var upload = client.post();
    int at = 0;
    for (int i = 0; i < sizes.size() - 1 && at < total; i++) {
      int end = Math.min(total, at + sizes.get(i));
      boolean known = i >= withLength.size() || withLength.get(i);
      var chunk = blob.slice(at, end);
      upload = Upload.of(known ? client.patch(upload, chunk) : client.patchStream(upload, chunk));
      at = end;
    }
    Client.created(client.put(upload, blob.digest(), blob.slice(at, total)));
    client.pulls(blob);
    world.isSafe();
  }
}
