package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.registry.check.Report;
import dev.roadstead.store.Condition;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    var before = world.all();
    var report = fsck(world).check(Depth.ALL);
    assertThat(report.damage()).isEmpty();
    assertThat(report.bytesRead()).isPositive();
    assertThat(fsck(world).repair(Depth.SAMPLE).mended()).isEmpty();
    assertThat(fsck(world).rebuild().mended()).isEmpty();
    assertThat(world.all()).isEqualTo(before);
  }

  /** All but audit entries, which are left as they are: see {@code DamageToAccountsTest}. */
  private static boolean isMended(Item item) {
    return !item.key().partition().startsWith("A#");
  }

  @Test
  void mendsEveryAttributeOfEveryRecord() {
    int tried = everyAttribute(FullRegistry::begin, DamageTest::isMended, FullRegistry::pulls);
    assertThat(tried).isGreaterThan(500);
  }

  @Test
  void mendsEveryAttributeOfWhatIsHalfWay() {
    int tried =
        everyAttribute(HalfWayRegistry::begin, HalfWayRegistry::isHalfWay, HalfWayRegistry::ends);
    assertThat(tried).isGreaterThan(50);
  }

  @Test
  void mendsTheLossOfEveryRecordThatIsHalfWay() {
    everyLoss(HalfWayRegistry::begin, HalfWayRegistry::isHalfWay, HalfWayRegistry::ends);
  }

  private int everyAttribute(
      Supplier<World> begin, Predicate<Item> which, Consumer<World> isWhole) {
    int tried = 0;
    for (var item : begin.get().all().stream().filter(which).toList()) {
      for (var entry : item.attributes().entrySet()) {
        for (var value : Damage.to(entry.getKey(), entry.getValue())) {
          damageAttribute(begin.get(), item, entry.getKey(), value, isWhole);
          tried++;
        }
      }
    }
    assertThat(failures).isEmpty();
    return tried;
  }

  private void damageAttribute(
      World world, Item item, String attribute, Optional<Value> value, Consumer<World> isWhole) {
    var attributes = new TreeMap<>(item.attributes());
    attributes.remove(attribute);
    value.ifPresent(v -> attributes.put(attribute, v));
    store(world, new Item(item.key(), attributes));
    tries(
        "%s of %s made %s".formatted(attribute, item.key(), value),
        damage -> {
          mends(damage, world);
          if (!isOnlyBody(item, attribute)) {
            isWhole.accept(world);
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

  @Test
  void mendsTheLossOfEveryRecord() {
    everyLoss(FullRegistry::begin, DamageTest::isMended, FullRegistry::pulls);
  }

  private void everyLoss(Supplier<World> begin, Predicate<Item> which, Consumer<World> isWhole) {
    for (var item : begin.get().all().stream().filter(which).toList()) {
      var world = begin.get();
      world.items().write(new Write.Delete(item.key(), Condition.NONE));
      boolean hasBody = item.has("children") || item.key().sort().endsWith("#B");
      tries(
          "the loss of " + item.key(),
          damage -> {
            mends(damage, world);
            if (!hasBody) {
              isWhole.accept(world);
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
          world.objects().put(key, Damage.altered(bytes));
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
            (world, key) -> world.all().forEach(item -> store(world, without(item))))) {
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

  private static void rebuilds(Predicate<Item> keeps) {
    var world = FullRegistry.begin();
    for (var item : world.all()) {
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
