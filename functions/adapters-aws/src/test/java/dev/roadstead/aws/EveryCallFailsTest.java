package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.Faults.When;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call that the stores make of AWS fails once, on its way there or on its way back. What was
 * asked for is then done, and once. Only of a number that was to grow nobody can say it, and nobody
 * does.
 */
class EveryCallFailsTest {
  private static final Key KEY = new Key("p", "s");
  private static final Item ITEM = Item.at(KEY).with("n", 1).build();
  private static final Item ANOTHER = Item.at(new Key("p", "another")).with("n", 1).build();
  private static final ObjectKey OBJECT = new ObjectKey("data/ab/u");
  private static final ObjectKey PART = OBJECT.child("t1");
  private static final byte[] BYTES = new byte[(int) BlobStore.MIN_PART_BYTES];

  /** The calls that there are; the permissions of docs/operators.md are made for these. */
  private static final List<String> CALLS =
      List.of(
          "AbortMultipartUpload",
          "CompleteMultipartUpload",
          "CreateMultipartUpload",
          "DeleteItem",
          "DeleteObject",
          "GetItem",
          "GetObject",
          "HeadObject",
          "ListObjectsV2",
          "ListParts",
          "PutItem",
          "PutObject",
          "Query",
          "Scan",
          "TransactGetItems",
          "TransactWriteItems",
          "UpdateItem",
          "UploadPart",
          "UploadPartCopy");

  private final Faults faults = new Faults();
  private Optional<AwsStores> open = Optional.empty();

  /** What the stores can do, each once. */
  @SuppressWarnings("ImmutableEnumChecker") // what an act does changes nothing in it
  enum Act {
    PUT(stores -> stores.metadata().write(new Write.Put(ANOTHER, Condition.absent()))),
    SET(stores -> update(stores.metadata(), Change.put("n", 2))),
    ADD(stores -> update(stores.metadata(), Change.add("n", 1))),
    DELETE(stores -> stores.metadata().write(new Write.Delete(KEY, Condition.NONE))),
    TRANSACT(
        stores ->
            stores
                .metadata()
                .transact(
                    Transaction.of(
                        new Write.Update(
                            new Key("p", "t"), List.of(Change.add("n", 1)), Condition.NONE)))),
    GET(stores -> stores.metadata().get(KEY, Consistency.STRONG)),
    QUERY(stores -> stores.metadata().query(Query.of("p", 10))),
    SNAPSHOT(stores -> stores.metadata().snapshot(List.of(KEY))),
    DUE(stores -> stores.metadata().due("L0", 1, 10)),
    SCAN(stores -> stores.metadata().scan(Optional.empty(), 10)),
    PUT_OBJECT(stores -> put(stores.blobs())),
    HEAD_OBJECT(stores -> stores.blobs().head(PART).map(ObjectInfo::sizeBytes)),
    READ_OBJECT(stores -> stores.blobs().read(PART, BYTES.length + 1).map(b -> b.length)),
    DELETE_OBJECT(stores -> delete(stores.blobs())),
    LIST_OBJECTS(stores -> stores.blobs().list(OBJECT, 10)),
    SCAN_OBJECTS(stores -> stores.blobs().scan(Optional.empty(), 10)),
    SCAN_BELOW(stores -> stores.blobs().scanBelow(OBJECT, Optional.empty(), 10)),
    MULTIPART(stores -> multipart(stores.blobs())),
    ABORT(stores -> abort(stores.blobs()));

    private final Function<AwsStores, Object> act;

    Act(Function<AwsStores, Object> act) {
      this.act = act;
    }

    private static Object update(MetadataStore store, Change change) {
      return store.write(new Write.Update(KEY, List.of(change), Condition.is("n", 1)));
    }

    private static Object put(BlobStore blobs) {
      blobs.put(OBJECT, BYTES);
      return "";
    }

    private static Object delete(BlobStore blobs) {
      blobs.delete(PART);
      return "";
    }

    /** One part that lies there already, and one that comes now. */
    private static Object multipart(BlobStore blobs) {
      var upload = blobs.createMultipart(OBJECT);
      blobs.putPart(upload, 1, PART);
      try (var staging = blobs.stage()) {
        staging.write(ByteBuffer.wrap(BYTES));
        staging.storeAsPart(upload, 2);
      }
      return blobs.completeMultipart(upload, List.of(1, 2));
    }

    private static Object abort(BlobStore blobs) {
      MultipartId upload = blobs.createMultipart(OBJECT);
      blobs.abortMultipart(upload);
      return blobs.completeMultipart(upload, List.of(1));
    }
  }

  @AfterEach
  void close() {
    open.ifPresent(AwsStores::close);
  }

  /** Stores in which there are an item and an object. */
  private AwsStores stores() {
    close();
    faults.heal();
    var stores = TestStores.onBoth(faults);
    open = Optional.of(stores);
    stores.metadata().write(new Write.Put(ITEM, Condition.NONE));
    stores.blobs().put(PART, BYTES);
    faults.heal();
    return stores;
  }

  /** Everything that is kept. */
  private Map<String, Object> left(AwsStores stores) {
    faults.heal();
    var objects = stores.blobs().scan(Optional.empty(), 100).objects();
    return Map.of(
        "items", stores.metadata().scan(Optional.empty(), 100).items(),
        "objects", objects.stream().map(o -> o.key() + " " + o.sizeBytes()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void doesWhatWasAskedForAndDoesItOnce(Act act) {
    var untouched = left(stores());
    var calm = stores();
    var result = act.act.apply(calm);
    int calls = faults.calls().size();
    var kept = left(calm);
    assertThat(calls).isPositive();
    for (var when : When.values()) {
      for (int call = 0; call < calls; call++) {
        var stores = stores();
        faults.failAt(call, when);
        boolean unknown = act == Act.ADD;
        if (unknown) {
          assertThat(failure(stores, act)).hasMessageContaining("action=UpdateItem");
        } else {
          assertThat(act.act.apply(stores)).as("%s call %d", when, call).isEqualTo(result);
        }
        assertThat(left(stores))
            .as("left after %s call %d", when, call)
            .isEqualTo(unknown && when == When.BEFORE ? untouched : kept);
      }
    }
  }

  private static StoreException failure(AwsStores stores, Act act) {
    try {
      var _ = act.act.apply(stores);
    } catch (StoreException unknown) {
      return unknown;
    }
    throw new AssertionError("nobody can know that it was done");
  }

  @Test
  void leavesOutNoCallThatThereIs() {
    var seen =
        Stream.of(Act.values())
            .flatMap(
                act -> {
                  var _ = act.act.apply(stores());
                  return faults.calls().stream();
                })
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(seen).containsExactlyElementsOf(CALLS);
  }
}
