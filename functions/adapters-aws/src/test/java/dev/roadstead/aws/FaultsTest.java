package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.Faults.When;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.StoreException;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call to DynamoDB and S3 fails once, before and after taking effect, and from then on. */
class FaultsTest {
  private static final byte[] SMALL = bytes(1, 10_000);
  private static final byte[] LARGE = bytes(2, 2 * (int) BlobStore.MIN_PART_BYTES + 1000);

  private final Faults faults = new Faults();
  private AwsStores stores;

  private static byte[] bytes(int seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void open() {
    stores = TestStores.onBoth(faults);
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }

  /** A registry of its own for each run: the same blob is pushed again and again. */
  private AwsStores freshStores() {
    stores.close();
    open();
    return stores;
  }

  private static void pushAndPull(TestClient client, byte[] blob, int chunkBytes) {
    client.push(blob, chunkBytes);
    client.put(TestClient.manifest(blob), "latest");
    assertThat(client.pull("latest")).contains(TestClient.manifest(blob));
  }

  /** How often the story has to be begun again because the store could not answer. */
  private static void withPatience(Runnable story) {
    for (int round = 0; ; round++) {
      try {
        story.run();
        return;
      } catch (StoreException failed) {
        assertThat(round).as("rounds, the last failure being %s", failed).isLessThan(3);
      }
    }
  }

  private void sweep(Consumer<Integer> plan, byte[] blob, int chunkBytes, int call) {
    var client = new TestClient(freshStores());
    plan.accept(call);
    withPatience(() -> pushAndPull(client, blob, chunkBytes));
    faults.heal();
    assertThat(client.find(blob)).isPresent();
    client.hasNothingHalf(blob);
  }

  private int callsOf(byte[] blob, int chunkBytes) {
    var client = new TestClient(freshStores());
    faults.heal();
    pushAndPull(client, blob, chunkBytes);
    return faults.calls().size();
  }

  @ParameterizedTest
  @EnumSource
  void getsThroughThoughAnyOneCallFails(When when) {
    int calls = callsOf(SMALL, SMALL.length);
    for (int call = 0; call < calls; call++) {
      sweep(n -> faults.failAt(n, when), SMALL, SMALL.length, call);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void getsThroughWithPartsThoughAnyOneCallFails(When when) {
    int chunkBytes = (int) BlobStore.MIN_PART_BYTES;
    int calls = callsOf(LARGE, chunkBytes);
    for (int call = 0; call < calls; call++) {
      sweep(n -> faults.failAt(n, when), LARGE, chunkBytes, call);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void saysThatTheStoreCannotAnswerAndGoesOnWhenItCan(When when) {
    int calls = callsOf(SMALL, SMALL.length);
    for (int call = 0; call < calls; call++) {
      var client = new TestClient(freshStores());
      faults.failFrom(call, when);
      try {
        pushAndPull(client, SMALL, SMALL.length);
        throw new AssertionError("nothing failed from call " + call + " on");
      } catch (StoreException asPlanned) {
        assertThat(asPlanned).hasMessageContainingAll("action=", "code=SocketException", "advice=");
      }
      faults.heal();
      client.hasNothingHalf(SMALL);
      pushAndPull(client, SMALL, SMALL.length);
      client.hasNothingHalf(SMALL);
    }
  }

  @Test
  void repeatsATransactionWhoseAnswerWasLostAndMakesItOnce() {
    var client = new TestClient(stores);
    client.push(SMALL, SMALL.length);
    faults.failAt(1, When.AFTER); // after the tag was looked for
    client.put(TestClient.manifest(SMALL), "latest");
    assertThat(faults.calls()).filteredOn("TransactWriteItems"::equals).hasSizeGreaterThan(0);
    assertThat(client.pull("latest")).contains(TestClient.manifest(SMALL));
  }
}
