package dev.roadstead.store;

import static dev.roadstead.store.StoredObjects.bytes;
import static dev.roadstead.store.StoredObjects.joined;
import static dev.roadstead.store.StoredObjects.key;
import static dev.roadstead.store.StoredObjects.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Multipart uploads: parts in any order, one object in the end. */
interface MultipartContract extends StoredObjects {
  ObjectKey V = key("data/cd/v");

  private void assertObject(byte[]... pieces) {
    var expected = joined(pieces);
    assertThat(store().head(V)).contains(new ObjectInfo(expected.length, Optional.empty()));
    assertThat(Arrays.equals(read(V).orElseThrow(), expected)).isTrue();
  }

  @Test
  default void joinsPartsInTheOrderOfTheirNumbers() {
    var upload = store().createMultipart(V);
    stagePart(upload, 10_000, bytes("end"));
    stagePart(upload, 2, part('b'));
    stagePart(upload, 1, part('a'));
    stagePart(upload, 11, part('c'));

    assertThat(store().completeMultipart(upload, List.of(11, 1, 10_000, 2))).isTrue();

    assertObject(part('a'), part('b'), part('c'), bytes("end"));
  }

  @Test
  default void showsNothingUntilItIsComplete() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("abc"));
    assertThat(store().head(V)).isEmpty();
    assertThat(store().list(key("data/cd"), 10)).isEmpty();
    assertThat(store().completeMultipart(upload, List.of(1))).isTrue();
    assertObject(bytes("abc"));
    assertThat(store().list(key("data/cd"), 10)).containsExactly(V);
  }

  @Test
  default void dropsPartsThatAreNotNamed() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("dropped"));
    stagePart(upload, 2, part('b'));
    stagePart(upload, 3, bytes("dropped"));
    stagePart(upload, 4, bytes("end"));
    assertThat(store().completeMultipart(upload, List.of(2, 4))).isTrue();
    assertObject(part('b'), bytes("end"));
  }

  @Test
  default void replacesAPartOfTheSameNumber() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("first attempt"));
    stagePart(upload, 1, bytes("second"));
    assertThat(store().completeMultipart(upload, List.of(1))).isTrue();
    assertObject(bytes("second"));
  }

  @Test
  default void takesAnEmptyPart() {
    storeInParts(V, part('a'), bytes(""));
    assertObject(part('a'));
    storeInPart(bytes(""));
    assertObject(bytes(""));
  }

  private void storeInPart(byte[] only) {
    var upload = store().createMultipart(V);
    stagePart(upload, 7, only);
    assertThat(store().completeMultipart(upload, List.of(7))).isTrue();
  }

  @Test
  default void completesOnlyOnce() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("abc"));
    assertThat(store().completeMultipart(upload, List.of(1))).isTrue();
    store().delete(V);
    assertThat(store().completeMultipart(upload, List.of(1))).isFalse();
    assertThat(store().head(V)).isEmpty();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stagePart(upload, 2, bytes("late")));
  }

  @Test
  default void abortsAnUploadForGood() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("abc"));
    store().abortMultipart(upload);
    store().abortMultipart(upload);
    assertThat(store().completeMultipart(upload, List.of(1))).isFalse();
    assertThat(store().head(V)).isEmpty();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stagePart(upload, 1, bytes("late")));
  }

  @Test
  default void knowsNoUploadItDidNotBegin() {
    for (var id : List.of("never-begun", "../data", "")) {
      var unknown = new MultipartId(V, id);
      assertThat(store().completeMultipart(unknown, List.of(1))).isFalse();
      store().abortMultipart(unknown);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stagePart(unknown, 1, bytes("x")));
    }
  }

  @Test
  default void makesAStoredObjectAPart() {
    var tail = key("data/cd/v/t1");
    store().put(tail, part('t'));
    stageWithChecksum(key("in/r/d/s"), part('s'));
    var upload = store().createMultipart(V);
    store().putPart(upload, 1, tail);
    store().putPart(upload, 2, key("in/r/d/s"));
    store().putPart(upload, 2, key("in/r/d/s"));
    stagePart(upload, 3, bytes("end"));
    store().delete(tail);
    store().put(key("in/r/d/s"), bytes("changed later"));

    assertThat(store().completeMultipart(upload, List.of(1, 2, 3))).isTrue();

    assertObject(part('t'), part('s'), bytes("end"));
    assertThat(read(key("in/r/d/s"))).contains(bytes("changed later"));
  }

  @Test
  default void makesAnObjectOfPartsAPart() {
    storeInParts(key("data/cd/w"), part('a'), bytes("b"));
    var upload = store().createMultipart(V);
    store().putPart(upload, 1, key("data/cd/w"));
    stagePart(upload, 2, bytes("c"));
    assertThat(store().completeMultipart(upload, List.of(1, 2))).isTrue();
    assertObject(part('a'), bytes("bc"));
  }

  @Test
  default void makesNoPartOfAnAbsentObject() {
    var upload = store().createMultipart(V);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store().putPart(upload, 1, key("never/there")));
  }

  @Test
  default void refusesMissingAndSmallPartsAndKeepsTheUpload() {
    var upload = store().createMultipart(V);
    stagePart(upload, 1, bytes("small"));
    stagePart(upload, 2, bytes("end"));
    for (var wrong : List.of(List.of(1, 2), List.of(1, 3), List.of(3))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store().completeMultipart(upload, wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().completeMultipart(upload, List.of()));
    assertThat(store().head(V)).isEmpty();

    stagePart(upload, 1, part('a'));
    assertThat(store().completeMultipart(upload, List.of(1, 2))).isTrue();
    assertObject(part('a'), bytes("end"));
  }

  @Test
  default void refusesPartNumbersOutsideTheLimits() {
    var upload = store().createMultipart(V);
    for (int number : List.of(-1, 0, BlobStore.MAX_PART_NUMBER + 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> stagePart(upload, number, bytes("x")));
    }
  }

  @Test
  default void keepsTwoUploadsOfOneKeyApart() {
    var first = store().createMultipart(V);
    var second = store().createMultipart(V);
    assertThat(first).isNotEqualTo(second);
    stagePart(first, 1, bytes("first"));
    stagePart(second, 1, bytes("second"));
    assertThat(store().completeMultipart(second, List.of(1))).isTrue();
    assertObject(bytes("second"));
    assertThat(store().completeMultipart(first, List.of(1))).isTrue();
    assertObject(bytes("first"));
  }
}
