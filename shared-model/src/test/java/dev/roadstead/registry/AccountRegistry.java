package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.access.Accounts;
import dev.roadstead.access.Accounts.Actor;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.access.TokenService;
import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.registry.check.CheckJob;
import dev.roadstead.registry.check.CheckJob.Mode;
import dev.roadstead.registry.check.CheckJob.Order;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.ImmutabilityRule;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A registry with accounts of every kind, with every attribute, and with everything else that
 * administration leaves: rules, failed logins, audit entries, a check; and a relay that is awake.
 */
public final class AccountRegistry {
  private static final TestImage IMAGE = TestImage.numbered(1);
  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName ROBOT = new AccountName("ci");
  private static final AccountName TEAM = new AccountName("team");
  private static final Actor OPERATOR = new Actor(Caller.OPERATOR, "");

  /** Hashing passwords takes long, so all worlds are copies of one. */
  private static final World MADE = made();

  private AccountRegistry() {}

  private static World made() {
    var world = new World();
    var accounts = accounts(world);
    accounts.addAdministrator(new AccountName("admin"), "correct horse", OPERATOR);
    accounts.addUser(ALICE, "correct horse", OPERATOR);
    accounts.addRobot(ROBOT, Optional.of(Duration.ofDays(90)), OPERATOR);
    accounts.rotate(ROBOT, OPERATOR);
    accounts.addGroup(TEAM, OPERATOR);
    accounts.setMember(TEAM, ALICE, true, OPERATOR);
    grant(accounts, TEAM, "allow writer team/* * -");
    grant(accounts, ALICE, "deny writer team/* prod-* 10.0.0.0/8");
    grant(accounts, AccountName.ANONYMOUS, "allow reader public/* * -");
    accounts.setEnabled(ROBOT, false, OPERATOR);
    var rule = ImmutabilityRule.parse("* v* *-rc");
    new ImmutableTags(world.process().environment()).add(rule, Caller.OPERATOR, "");
    assertThat(refuses(world, "alice")).isTrue();
    world.client(World.APP).push(IMAGE, "latest");
    long day = PullCount.dayOf(world.process().environment().clock().millis());
    new Pulls(world.process().environment())
        .add(
            new PullBatch(
                new UUID(1, 2),
                List.of(new PullCount(day, World.APP, IMAGE.manifest().digest(), 3))));
    new RelayPresence(
            world.process().environment().metadata(), world.process().environment().clock())
        .announce();
    var refused = new AuditEntry(day * Days.MILLIS, "alice", "192.0.2.1", "refused: log-in", "");
    new RefusalEntries(world.process().environment())
        .add(List.of(new Refusal(new UUID(3, 4), refused)));
    CheckJob.order(world.process().environment(), new Order(Mode.CHECK, Depth.NONE), Client.CALLER)
        .run();
    return world;
  }

  private static void grant(Accounts accounts, AccountName holder, String text) {
    accounts.grant(Grant.parse(holder, text), OPERATOR);
  }

  static Accounts accounts(World world) {
    var environment = world.process().environment();
    return new Accounts(environment, new Passwords(new Random(1)), new Random(2));
  }

  /** Whether a login with a wrong password is refused, and not failed at. */
  static boolean refuses(World world, String name) {
    var environment = world.process().environment();
    var passwords = new Passwords(new Random(3));
    var keys =
        new TokenKeys(
            List.of(new byte[Hmac.BYTES]),
            new EdgeKeys(List.of(new byte[Hmac.BYTES])),
            environment.clock());
    var tokens = new TokenService(environment, accounts(world), passwords, keys);
    try {
      tokens.issue(new Proof.Password(name, "wrong horse"), List.of(), false, "192.0.2.1");
      return false;
    } catch (RegistryException refused) {
      return true;
    }
  }

  /** Begins one in a new world, a minute later. */
  static World begin() {
    var world = new World();
    MADE.all().forEach(item -> world.items().write(new Write.Put(item, Condition.NONE)));
    for (var key : MADE.objects().keys()) {
      var object = new ObjectKey(key);
      world.objects().put(object, MADE.objects().read(object, Integer.MAX_VALUE).orElseThrow());
    }
    world.passes(Duration.ofMinutes(1));
    return world;
  }

  /** Says that what was pushed can be pulled. */
  static void pulls(World world) {
    world.client(World.APP).pulls("latest", IMAGE);
  }

  /** The keys of its records. */
  public static List<Key> keys() {
    return MADE.all().stream().map(Item::key).toList();
  }
}
