package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Finding;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Damages everything that administration leaves in a registry. What nothing else can tell is named
 * and neither changed nor deleted, whatever is ordered; the rest is mended.
 */
class DamageToAccountsTest {
  /** Accounts, the rules about immutable tags, the audit log. */
  private static final String KEPT = "P / .*|A#.* / .*|G / immutable";

  private static final String MENDED = "PF#.* / .*|G / check|G / relay|VB?#.* / .*|AR#.* / .*";

  /** Attributes that a whole record may be without, so that nobody can tell that one is lost. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "P groups",
          "P grants",
          "P disabled",
          "P expiresAt",
          "A repository",
          "G rules",
          "G report",
          "AR ids");

  /** Attributes of which one value is as good as another of the same type. */
  private static final Set<String> FREE =
      Set.of(
          "P createdAt",
          "P expiresAt",
          "P oldUntil",
          "A who",
          "A network",
          "A what",
          "A about",
          "A repository",
          "PF failures",
          "PF until",
          "PF expiresAt",
          "V pulls",
          "AR ids",
          "G mark",
          "G step",
          "G done",
          "G total",
          "G report",
          "G until");

  private static Fsck fsck(World world) {
    return new Fsck(world.process().environment(), Progress.NONE);
  }

  private static void store(World world, Item item) {
    world.items().write(new Write.Put(item, Condition.NONE));
  }

  private static boolean is(Key key, String pattern) {
    return (key.partition() + " / " + key.sort()).matches(pattern);
  }

  private static List<Item> some(World world, String pattern) {
    return world.all().stream().filter(item -> is(item.key(), pattern)).toList();
  }

  private static String name(Item item, String attribute) {
    return item.key().partition().replaceAll("#.*", "") + " " + attribute;
  }

  /** The judge of other tests' registries knows every kind of record. */
  @Test
  void isSafeUntilItIsDamaged() {
    assertThat(Safe.violations(AccountRegistry.begin())).isEmpty();
  }

  @Test
  void namesDamageToEveryAttribute() {
    int tried = 0;
    for (var item : some(AccountRegistry.begin(), KEPT + "|" + MENDED)) {
      for (var entry : item.attributes().entrySet()) {
        for (var value : Damage.to(entry.getKey(), entry.getValue())) {
          damages(item, entry.getKey(), value);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(300);
  }

  private static void damages(Item item, String attribute, Optional<Value> value) {
    var world = AccountRegistry.begin();
    var attributes = new TreeMap<>(item.attributes());
    var before = Objects.requireNonNull(attributes.remove(attribute));
    value.ifPresent(v -> attributes.put(attribute, v));
    store(world, new Item(item.key(), attributes));
    var damage = "%s of %s made %s".formatted(attribute, item.key(), value);
    boolean nobodyCanTell =
        value
            .map(v -> v.getClass().equals(before.getClass()) ? FREE : Set.<String>of())
            .orElse(OPTIONAL)
            .contains(name(item, attribute));
    if (!nobodyCanTell) {
      assertThat(fsck(world).check(Depth.NONE).damage()).as(damage).isNotEmpty();
    }
    isLeftOrMended(damage, world, item.key());
  }

  /** By a repair and by a rebuild. */
  private static void isLeftOrMended(String damage, World world, Key key) {
    var kept = some(world, KEPT);
    var left = fsck(world).repair(Depth.NONE).damage();
    if (is(key, MENDED)) {
      assertThat(left).as("left after %s", damage).isEmpty();
    }
    fsck(world).rebuild();
    assertThat(some(world, KEPT)).as("kept after %s", damage).isEqualTo(kept);
    assertThat(log(world)).as("audit log after %s", damage).hasSameSizeAs(some(world, "A#.* / .*"));
    AccountRegistry.pulls(world);
  }

  private static List<AuditEntry> log(World world) {
    return new AuditLog(world.process().environment())
        .list(any -> true, 0, Optional.empty(), AuditLog.MAX_PAGE)
        .entries();
  }

  @Test
  void namesAnAccountThatIsLostAndMakesNoneInItsPlace() {
    for (var item : some(AccountRegistry.begin(), "P / .*")) {
      if (item.key().sort().equals("anonymous")) {
        continue; // comes with its first grant, and nobody has made it
      }
      var world = AccountRegistry.begin();
      world.items().write(new Write.Delete(item.key(), Condition.NONE));

      assertThat(fsck(world).check(Depth.NONE).damage())
          .extracting(Finding::subject)
          .contains("account " + item.key().sort());
      isLeftOrMended("the loss of " + item.key(), world, item.key());
    }
  }

  @Test
  void namesAMemberOfAGroupThatIsNone() {
    var world = AccountRegistry.begin();
    var group = some(world, "P / team").getFirst();
    var other = new TreeMap<>(group.attributes());
    other.put("kind", Value.of("ANONYMOUS"));
    store(world, new Item(group.key(), other));

    assertThat(fsck(world).check(Depth.NONE).damage())
        .extracting(Finding::subject)
        .containsExactly("account alice");
  }

  @Test
  void tellsNoSecret() {
    for (var item : some(AccountRegistry.begin(), "P / .*")) {
      for (var secret : List.of("secret", "oldSecret")) {
        var world = AccountRegistry.begin();
        var attributes = new TreeMap<>(item.attributes());
        attributes.put(secret, Value.of("my-own-secret"));
        store(world, new Item(item.key(), attributes));

        assertThat(fsck(world).check(Depth.NONE).damage().toString())
            .contains("account " + item.key().sort())
            .doesNotContain("my-own-secret");
      }
    }
  }

  @Test
  void rebuildsARegistryOfWhichBodiesBytesAndAccountsAreLeft() {
    var world = AccountRegistry.begin();
    var kept = some(world, KEPT);
    for (var item : world.all()) {
      if (!kept.contains(item) && !item.has("children")) {
        world.items().write(new Write.Delete(item.key(), Condition.NONE));
      }
    }

    assertThat(fsck(world).rebuild().damage()).isEmpty();

    assertThat(some(world, KEPT)).isEqualTo(kept);
    AccountRegistry.pulls(world);
    world.isSafe();
  }

  @Test
  void namesARecordThatNobodyHereHasMadeAndLeavesIt() {
    for (var key :
        List.of(new Key("Q#later", "x"), new Key("P", "Alice"), new Key("R#No Name", "A"))) {
      var world = AccountRegistry.begin();
      var stranger = Item.at(key).with("n", 1).build();
      store(world, stranger);

      assertThat(fsck(world).check(Depth.NONE).damage())
          .extracting(Finding::subject)
          .containsExactly("record " + key.partition() + " / " + key.sort());
      assertThat(fsck(world).repair(Depth.NONE).damage()).hasSize(1);
      assertThat(fsck(world).rebuild().damage()).hasSize(1);
      assertThat(world.all()).contains(stranger);
    }
  }
}
