package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.registry.check.Report;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damages a registry in every way that records and objects allow: each attribute lost, of another
 * type and of another value; each record lost; each object lost, cut off and altered. After each,
 * the check must find something, or the judge of these tests must agree that nothing is wrong; and
 * after the repair both find nothing.
 */
class DamageTest {
  private static final TestImage OWN_RECORD = TestImage.withNoise(20 * 1024);
  private static final TestImage AS_OBJECT = TestImage.withNoise(600 * 1024);

  private final List<String> failures = new ArrayList<>();

  private static Fsck fsck(World world) {
    return new Fsck(world.process().environment(), Progress.NONE);
  }

  private static void store(World world, Item item) {
    world.items().write(new Write.Put(item, Condition.NONE));
  }

  /** Says that the damage is noticed if it is any, and mended. */
  private static Report mends(String damage, World world) {
    boolean noticed = !fsck(world).check(Depth.ALL).isClean();
    if (!noticed) {
      assertThat(Safe.violations(world)).as("not noticed: %s", damage).isEmpty();
    }
    var report = fsck(world).repair(Depth.ALL);
    assertThat(report.damage()).as("left after %s", damage).isEmpty();
    assertThat(Safe.violations(world)).as("violations after %s", damage).isEmpty();
    assertThat(fsck(world).check(Depth.ALL).damage()).as("damage after %s", damage).isEmpty();
    return report;
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    var world = FullRegistry.begin();
    var before = world.items().all();
    var report = fsck(world).check(Depth.ALL);
    assertThat(report.damage()).isEmpty();
    assertThat(report.bytesRead()).isPositive();
    assertThat(fsck(world).repair(Depth.SAMPLE).mended()).isEmpty();
    assertThat(fsck(world).rebuild().mended()).isEmpty();
    assertThat(world.items().all()).isEqualTo(before);
  }

  @Test
  void mendsEveryAttributeOfEveryRecord() {
    int tried = 0;
    var items = FullRegistry.begin().items().all();
    for (int i = 0; i < items.size(); i++) {
      for (var entry : items.get(i).attributes().entrySet()) {
        for (var value : others(entry.getKey(), entry.getValue())) {
          damageAttribute(i, entry.getKey(), value);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
    assertThat(failures).isEmpty();
  }

  private void damageAttribute(int i, String attribute, Optional<Value> value) {
    var world = FullRegistry.begin();
    var item = world.items().all().get(i);
    var attributes = new TreeMap<>(item.attributes());
    attributes.remove(attribute);
    value.ifPresent(v -> attributes.put(attribute, v));
    store(world, new Item(item.key(), attributes));
    tries(
        "%s of %s made %s".formatted(attribute, item.key(), value),
        damage -> {
          mends(damage, world);
          if (!isOnlyBody(item, attribute)) {
            FullRegistry.pulls(world);
          }
        });
  }

  /** Goes on with other damage when some is not mended, so that a failure tells all of it. */
  private void tries(String damage, Consumer<String> attempt) {
    try {
      attempt.accept(damage);
    } catch (AssertionError | RuntimeException wrong) {
      failures.add(damage + ": " + wrong);
    }
  }

  /** A body of which there is no other copy; or a claim that what was forgotten had a tag. */
  private static boolean isOnlyBody(Item item, String attribute) {
    return (attribute.equals("body") || attribute.equals("bodyObject")) && !item.has("version");
  }

  private static List<Optional<Value>> others(String attribute, Value value) {
    var others = new ArrayList<Optional<Value>>();
    others.add(Optional.empty());
    switch (value) {
      case Value.Text(String text) -> {
        others.add(Optional.of(Value.of(7)));
        others.add(Optional.of(Value.of(text + "x")));
        others.add(Optional.of(Value.of(text.length() > 64 ? other(text) : "other")));
      }
      case Value.Whole(long number) -> {
        others.add(Optional.of(Value.of("seven")));
        others.add(Optional.of(Value.of(number + 1)));
        if (number > 0 && !attribute.equals(Hint.AT)) {
          others.add(Optional.of(Value.of(number - 1)));
        }
      }
      case Value.Bytes(byte[] bytes) -> {
        others.add(Optional.of(Value.of("bytes")));
        others.add(Optional.of(Value.of(altered(bytes))));
        others.add(Optional.of(Value.of(Arrays.copyOf(bytes, bytes.length / 2))));
      }
      case Value.Names(var names) -> {
        others.add(Optional.of(Value.of("names")));
        var more = new TreeSet<>(names);
        more.add("other");
        others.add(Optional.of(new Value.Names(more)));
      }
    }
    return others;
  }

  /** Another digest or key that is well-formed. */
  private static String other(String text) {
    char last = text.charAt(text.length() - 1);
    return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
  }

  private static byte[] altered(byte[] bytes) {
    var copy = bytes.clone();
    if (copy.length > 0) {
      copy[copy.length / 2] ^= 1;
    }
    return copy;
  }

  @Test
  void mendsTheLossOfEveryRecord() {
    var count = FullRegistry.begin().items().all().size();
    for (int i = 0; i < count; i++) {
      var world = FullRegistry.begin();
      var item = world.items().all().get(i);
      world.items().write(new Write.Delete(item.key(), Condition.NONE));
      boolean hasBody = item.has("children") || item.key().sort().endsWith("#B");
      tries(
          "the loss of " + item.key(),
          damage -> {
            mends(damage, world);
            if (!hasBody) {
              FullRegistry.pulls(world);
            }
          });
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void mendsTheLossOfEveryObject() {
    everyObject((world, key) -> world.objects().delete(key));
  }

  @Test
  void mendsEveryObjectThatIsCutOff() {
    everyObject(
        (world, key) -> {
          var bytes = world.objects().read(key, Integer.MAX_VALUE).orElseThrow();
          world.objects().put(key, Arrays.copyOf(bytes, bytes.length / 2));
        });
  }

  @Test
  void mendsEveryObjectThatIsAltered() {
    everyObject(
        (world, key) -> {
          var bytes = world.objects().read(key, Integer.MAX_VALUE).orElseThrow();
          world.objects().put(key, altered(bytes));
        });
  }

  private interface Blow {
    void on(World world, ObjectKey key);
  }

  private void everyObject(Blow blow) {
    var keys = new TreeSet<>(FullRegistry.begin().objects().keys());
    assertThat(keys).hasSizeGreaterThan(8);
    for (var key : keys) {
      var world = FullRegistry.begin();
      blow.on(world, new ObjectKey(key));
      tries(
          "a blow on " + key,
          damage -> {
            mends(damage, world);
            // Whatever was lost can be pushed again, and is whole then.
            FullRegistry.push(world);
            FullRegistry.pulls(world);
            assertThat(fsck(world).check(Depth.ALL).damage()).isEmpty();
          });
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void mendsABodyThatIsAnObject() {
    for (var blow :
        List.<Blow>of(
            (world, key) -> world.objects().delete(key),
            (world, key) -> world.objects().put(key, new byte[] {1}),
            (world, key) -> world.items().all().forEach(item -> store(world, without(item))))) {
      var world = new World();
      var client = world.client(APP);
      client.push(AS_OBJECT, "large");
      client.push(OWN_RECORD, "deleted");
      client.delete(OWN_RECORD);
      var body = world.objects().keys().stream().filter(k -> k.startsWith("manifests")).toList();
      blow.on(world, new ObjectKey(body.getFirst()));
      mends("a blow on a body", world);
      client.push(AS_OBJECT, "large");
      client.pulls("large", AS_OBJECT);
      world.isSafe();
    }
  }

  private static Item without(Item item) {
    var attributes = new TreeMap<>(item.attributes());
    attributes.remove("bodyObject");
    return new Item(item.key(), attributes);
  }

  @Test
  void rebuildsFromManifestBodiesAndBytesAlone() {
    rebuilds(kept -> kept.has("children") || kept.key().sort().endsWith("#B"));
  }

  @Test
  void rebuildsWithoutAnyCount() {
    rebuilds(kept -> kept.has("children") || kept.has("version") || kept.has("body"));
  }

  private static void rebuilds(java.util.function.Predicate<Item> keeps) {
    var world = FullRegistry.begin();
    for (var item : world.items().all()) {
      if (!keeps.test(item)) {
        world.items().write(new Write.Delete(item.key(), Condition.NONE));
      }
    }
    var report = fsck(world).rebuild();
    assertThat(report.damage()).isEmpty();
    assertThat(Safe.violations(world)).isEmpty();
    FullRegistry.pulls(world);
  }

  @Test
  void neverDeletesAnObject() {
    Stream.<Consumer<World>>of(
            world ->
                world
                    .items()
                    .all()
                    .forEach(i -> world.items().write(new Write.Delete(i.key(), Condition.NONE))),
            world -> {})
        .forEach(
            blow -> {
              var world = FullRegistry.begin();
              var keys = world.objects().keys();
              blow.accept(world);
              fsck(world).rebuild();
              assertThat(world.objects().keys()).isEqualTo(keys);
            });
  }
}
