package dev.roadstead.store;

import static dev.roadstead.store.StoredObjects.bytes;
import static dev.roadstead.store.StoredObjects.joined;
import static dev.roadstead.store.StoredObjects.key;
import static dev.roadstead.store.StoredObjects.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.model.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects: storing, looking, reading, listing, deleting. */
interface ObjectContract extends StoredObjects {
  ObjectKey U = key("data/ab/u");

  @Test
  default void storesBytesAndReadsThemBack() {
    for (var content : List.of(bytes(""), bytes("x"), joined(part('a'), bytes("end")))) {
      store().put(U, content);
      assertThat(read(U).orElseThrow()).isEqualTo(content);
      assertThat(store().head(U))
          .contains(new ObjectInfo(content.length, Optional.<Digest>empty()));
    }
  }

  @Test
  default void keepsItsOwnCopyOfTheBytes() {
    var mine = bytes("abc");
    store().put(U, mine);
    mine[0] = 'x';
    read(U).orElseThrow()[1] = 'y';
    assertThat(read(U)).contains(bytes("abc"));
  }

  @Test
  default void knowsNothingOfAnAbsentObject() {
    store().put(key("data/ab/u/t1"), bytes("below"));
    for (var absent : List.of(U, key("data"), key("data/ab"), key("data/ab/u/t1/x"))) {
      assertThat(store().head(absent)).isEmpty();
      assertThat(read(absent)).isEmpty();
    }
  }

  @Test
  default void readsNoMoreThanTheCallerCanHold() {
    store().put(U, bytes("12345"));
    assertThat(store().read(U, 5)).contains(bytes("12345"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().read(U, 4));
  }

  @Test
  default void takesBuffersOfEveryKindFromTheirPositionOn() {
    var direct = ByteBuffer.allocateDirect(8).put(bytes("-direct-")).flip().position(1).limit(7);
    var readOnly = ByteBuffer.wrap(bytes(" and read-only")).asReadOnlyBuffer();
    try (var staging = store().stage()) {
      staging.write(direct);
      staging.write(ByteBuffer.allocate(0));
      staging.write(readOnly);
      assertThat(direct.remaining() + readOnly.remaining()).isZero();
      assertThat(staging.sizeBytes()).isEqualTo(20);
      staging.storeAs(U);
    }
    assertThat(read(U)).contains(bytes("direct and read-only"));
  }

  @Test
  default void showsStagedBytesOnlyOnceTheyAreStored() {
    try (var staging = store().stage()) {
      staging.write(ByteBuffer.wrap(bytes("abc")));
      assertThat(store().head(U)).isEmpty();
      assertThat(store().list(key("data/ab"), 10)).isEmpty();
      staging.storeAs(U);
      assertThat(read(U)).contains(bytes("abc"));
    }
    assertThat(read(U)).as("after closing").contains(bytes("abc"));
  }

  @Test
  default void dropsStagedBytesThatWereNotStored() {
    store().put(U, bytes("before"));
    try (var staging = store().stage()) {
      staging.write(ByteBuffer.wrap(bytes("dropped")));
    }
    assertThat(read(U)).contains(bytes("before"));
  }

  @Test
  default void keepsAChecksumWithItsObject() {
    stageWithChecksum(U, bytes("abc"));
    assertThat(store().head(U))
        .contains(new ObjectInfo(3, Optional.of(Digest.sha256(bytes("abc")))));
    assertThat(read(U)).contains(bytes("abc"));
  }

  @Test
  default void storesTheSameChecksummedBytesAgain() {
    stageWithChecksum(U, bytes("abc"));
    stageWithChecksum(U, bytes("abc"));
    assertThat(store().head(U).flatMap(ObjectInfo::sha256)).contains(Digest.sha256(bytes("abc")));
    assertThat(read(U)).contains(bytes("abc"));
    assertThat(store().list(key("data/ab"), 10)).containsExactly(U);
  }

  /** One way to store an object at {@link #U}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Way(String name, boolean checksum, byte[] content, Consumer<byte[]> store) {}

  private List<Way> ways() {
    return List.of(
        new Way("plain", false, bytes("plain"), content -> stage(U, content)),
        new Way("checked", true, bytes("checked"), content -> stageWithChecksum(U, content)),
        new Way("checked 2", true, bytes("other"), content -> stageWithChecksum(U, content)),
        new Way(
            "in parts",
            false,
            joined(part('p'), bytes("end")),
            content -> storeInParts(U, part('p'), bytes("end"))));
  }

  @Test
  default void replacesAnObjectOfAnyKindByAnyOther() {
    for (var before : ways()) {
      for (var after : ways()) {
        before.store().accept(before.content());
        after.store().accept(after.content());

        var pair = before.name() + ", then " + after.name();
        assertThat(Arrays.equals(read(U).orElseThrow(), after.content())).as(pair).isTrue();
        var info = store().head(U).orElseThrow();
        assertThat(info.sizeBytes()).as(pair).isEqualTo(after.content().length);
        assertThat(info.sha256().isPresent()).as(pair).isEqualTo(after.checksum());
        assertThat(store().list(key("data/ab"), 10)).as(pair).containsExactly(U);
      }
    }
    store().delete(U);
    assertThat(store().head(U)).isEmpty();
  }

  @Test
  default void deletesAnObjectAndNothingElse() {
    var below = U.child("t1");
    var beside = key("data/ab/u2");
    List.of(U, below, beside).forEach(key -> store().put(key, bytes(key.text())));

    store().delete(U);
    store().delete(U);
    store().delete(key("never/there"));

    assertThat(store().head(U)).isEmpty();
    assertThat(read(below)).contains(bytes("data/ab/u/t1"));
    assertThat(read(beside)).contains(bytes("data/ab/u2"));
    store().delete(below);
    assertThat(store().list(U, 10)).isEmpty();
    store().put(below, bytes("again"));
    assertThat(read(below)).contains(bytes("again"));
  }

  @Test
  default void listsTheKeysDirectlyBelowInOrder() {
    var keys =
        List.of(
            "in/r/d/-", "in/r/d/B", "in/r/d/_", "in/r/d/a", "in/r/d/a-b", "in/r/d/a1", "in/r/d/aa");
    keys.reversed().forEach(text -> store().put(key(text), bytes(text)));
    stageWithChecksum(key("in/r/d/zz"), bytes("z"));
    List.of("in/r/d", "in/r/d2/x", "in/r/d/a/below", "in/r/d/only/below", "in/r/dd")
        .forEach(text -> store().put(key(text), bytes(text)));

    var found = store().list(key("in/r/d"), 100).stream().map(ObjectKey::text).toList();

    assertThat(found).hasSize(8).startsWith(keys.toArray(String[]::new)).endsWith("in/r/d/zz");
    assertThat(store().list(key("in/r/d"), 2)).containsExactly(key(keys.get(0)), key(keys.get(1)));
    assertThat(store().list(key("in/r/d/a"), 9)).containsExactly(key("in/r/d/a/below"));
    assertThat(store().list(key("in/r/none"), 9)).isEmpty();
  }

  @Test
  default void refusesListingsWithoutLimit() {
    for (int limit : List.of(-1, 0, Limits.MAX_LISTED_KEYS + 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().list(key("data"), limit));
    }
  }

  @Test
  default void showsAReaderOneWholeVersionWhileOthersReplaceIt() throws Exception {
    var versions = List.of("a".repeat(10), "b".repeat(200_000), "c".repeat(70_000));
    store().put(U, bytes(versions.getFirst()));
    var done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var reader =
          threads.submit(
              () -> {
                var seen = new ArrayList<String>();
                do {
                  seen.add(
                      new String(read(U).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8));
                } while (!done.get());
                return seen.stream().distinct().toList();
              });
      var writers =
          versions.stream()
              .<Callable<Boolean>>map(version -> () -> replaceOftenBy(bytes(version)))
              .toList();
      for (var writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isTrue();
      }
      done.set(true);
      assertThat(versions).containsAll(reader.get());
    }
  }

  private boolean replaceOftenBy(byte[] version) {
    for (int i = 0; i < 20; i++) {
      stage(U, version);
      stageWithChecksum(U, version);
    }
    return true;
  }

  @Test
  default void keepsNeighboursApartWhileTheyComeAndGo() throws Exception {
    var keys = IntStream.range(0, 4).mapToObj(i -> key("in/r/d/" + i)).toList();
    try (var threads = Executors.newFixedThreadPool(keys.size())) {
      var tasks = keys.stream().<Callable<Integer>>map(key -> () -> timesLost(key)).toList();
      for (var lost : threads.invokeAll(tasks)) {
        assertThat(lost.get()).isZero();
      }
    }
    assertThat(store().list(key("in/r/d"), 10)).isEmpty();
  }

  private int timesLost(ObjectKey key) {
    int lost = 0;
    for (int i = 0; i < 100; i++) {
      store().put(key, bytes("mine"));
      lost += store().head(key).isPresent() ? 0 : 1;
      store().delete(key);
    }
    return lost;
  }
}
