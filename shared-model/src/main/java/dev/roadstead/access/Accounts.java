package dev.roadstead.access;

import dev.roadstead.access.Account.Kind;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Glob;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Grant.Effect;
import dev.roadstead.rule.Role;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Who may be granted something, and what they were granted. Every change is one transaction with
 * its audit entry, so that none is lost.
 */
public final class Accounts {
  /** How many groups an account can be in, so that its rights are one read. */
  public static final int MAX_GROUPS = 16;

  /** How many grants one holder can have. */
  public static final int MAX_GRANTS = 100;

  /** How long a robot's old secret works beside its new one. */
  public static final Duration OVERLAP = Duration.ofHours(24);

  private final Environment environment;
  private final Passwords passwords;
  private final RandomGenerator random;

  /** Accounts in these stores. */
  public Accounts(Environment environment, Passwords passwords, RandomGenerator random) {
    this.environment = environment;
    this.passwords = passwords;
    this.random = random;
  }

  /** Who makes a change, and from where. */
  public record Actor(Caller caller, String network) {}

  /** A page of accounts in the order of their names. */
  public record Listing(List<Account> accounts, Optional<String> next) {
    /** Copies the list. */
    public Listing {
      accounts = List.copyOf(accounts);
    }
  }

  /** One of them. */
  public Optional<Account> find(AccountName name) {
    return environment.metadata().get(Keys.account(name), Consistency.STRONG).map(Account::of);
  }

  /** A page of all of them, after this name. */
  public Listing list(Optional<String> after, int limit) {
    var query = Query.of(Keys.ACCOUNTS, limit);
    var page = environment.metadata().query(after.map(query::after).orElse(query));
    return new Listing(page.items().stream().map(Account::of).toList(), page.next());
  }

  /** Everything that somebody was granted: in their own name, their groups', and anonymous'. */
  public List<Grant> grantsOf(Account account) {
    var holders = new ArrayList<>(account.groups());
    holders.add(AccountName.ANONYMOUS);
    var grants = new ArrayList<>(account.grants());
    environment.metadata().snapshot(holders.stream().map(Keys::account).toList()).stream()
        .flatMap(Optional::stream)
        .map(Account::of)
        .filter(Account::enabled)
        .forEach(holder -> grants.addAll(holder.grants()));
    return grants;
  }

  /** Makes a user; {@code REQUEST_INVALID} when the name is taken. */
  public void addUser(AccountName name, String password, Actor by) {
    create(fresh(name, Kind.USER).with(Account.SECRET, passwords.hash(password)), "add user", by);
  }

  /**
   * Makes a user who may do everything, if nobody has the name; tells whether it did. The right
   * comes in the same transaction, so that no administrator is ever without it.
   */
  public boolean addAdministrator(AccountName name, String password, Actor by) {
    if (find(name).isPresent()) {
      return false;
    }
    var everything =
        new Grant(name, Effect.ALLOW, Role.ADMIN, Glob.ANY, Glob.ANY, Optional.empty());
    var item =
        fresh(name, Kind.USER)
            .with(Account.SECRET, passwords.hash(password))
            .with(Account.GRANTS, new Value.Names(new TreeSet<>(Set.of(everything.text()))));
    create(item, "add administrator", by);
    return true;
  }

  /** Makes a robot, and gives its secret, which nobody will ever see again. */
  public String addRobot(AccountName name, Optional<Duration> life, Actor by) {
    var secret = RobotSecret.make(random);
    var item = fresh(name, Kind.ROBOT).with(Account.SECRET, RobotSecret.hash(name.text(), secret));
    life.ifPresent(
        span -> item.with(Account.EXPIRES_AT, environment.nowSeconds() + span.toSeconds()));
    create(item, "add robot", by);
    return secret;
  }

  /** Makes a group; nothing happens if it is there. */
  public void addGroup(AccountName name, Actor by) {
    if (find(name).filter(group -> group.kind() == Kind.GROUP).isEmpty()) {
      create(fresh(name, Kind.GROUP), "add group", by);
    }
  }

  private Item.Builder fresh(AccountName name, Kind kind) {
    if (!name.isFree()) {
      throw ErrorCode.REQUEST_INVALID.about("the name " + name + " is taken");
    }
    return Item.at(Keys.account(name))
        .with(Account.KIND, kind.name())
        .with(Account.CREATED_AT, environment.nowSeconds());
  }

  private void create(Item.Builder item, String what, Actor by) {
    var made = item.build();
    var name = made.key().sort();
    if (happens(Write.create(made), what, name, by) instanceof Outcome.Refused) {
      throw ErrorCode.REQUEST_INVALID.about("the name " + name + " is taken");
    }
  }

  /** Gives a user another password; their refresh tokens end. */
  public void setPassword(AccountName name, String password, Actor by) {
    var changes = List.of(Change.put(Account.SECRET, passwords.hash(password)));
    change(name, Kind.USER, changes, "set password", name.text(), by);
  }

  /** Gives a robot another secret; the old one works on for {@link #OVERLAP}. */
  public String rotate(AccountName name, Actor by) {
    var robot = require(name, Kind.ROBOT);
    var secret = RobotSecret.make(random);
    var changes =
        List.of(
            Change.put(Account.SECRET, RobotSecret.hash(name.text(), secret)),
            Change.put(Account.OLD_SECRET, robot.secrets().getFirst().hash()),
            Change.put(Account.OLD_UNTIL, environment.nowSeconds() + OVERLAP.toSeconds()));
    var unchanged = Condition.is(Account.SECRET, robot.secrets().getFirst().hash());
    var update = new Write.Update(Keys.account(name), changes, unchanged);
    if (happens(update, "rotate robot", name.text(), by) instanceof Outcome.Refused) {
      throw ErrorCode.REQUEST_INVALID.about("somebody else is rotating " + name + "; try again");
    }
    return secret;
  }

  /** Stops an account, or lets it go on; effective within one token life. */
  public void setEnabled(AccountName name, boolean enabled, Actor by) {
    var kind = require(name).kind();
    var what = enabled ? "enable " : "disable ";
    var change = enabled ? Change.remove(Account.DISABLED) : Change.put(Account.DISABLED, 1);
    change(
        name, kind, List.of(change), what + kind.name().toLowerCase(Locale.ROOT), name.text(), by);
  }

  /** Puts an account into a group, or takes it out. */
  public void setMember(AccountName group, AccountName member, boolean isIn, Actor by) {
    require(group, Kind.GROUP);
    var account = require(member);
    if (account.kind() != Kind.USER && account.kind() != Kind.ROBOT) {
      throw ErrorCode.REQUEST_INVALID.about("only users and robots are members of groups");
    }
    if (isIn && account.groups().size() >= MAX_GROUPS) {
      throw ErrorCode.REQUEST_INVALID.about("an account is in at most " + MAX_GROUPS + " groups");
    }
    var change =
        isIn
            ? Change.include(Account.GROUPS, group.text())
            : Change.exclude(Account.GROUPS, group.text());
    var what = isIn ? "add member" : "remove member";
    change(member, account.kind(), List.of(change), what, group + " " + member, by);
  }

  /** Gives a right, or a denial. */
  public void grant(Grant grant, Actor by) {
    var holder = grant.holder();
    if (holder.equals(AccountName.ANONYMOUS)) {
      ensureAnonymous();
    }
    var account = require(holder);
    if (account.grants().size() >= MAX_GRANTS) {
      throw ErrorCode.REQUEST_INVALID.about(
          holder + " has " + MAX_GRANTS + " grants; give them to a group, or use wider patterns");
    }
    var changes = List.of(Change.include(Account.GRANTS, grant.text()));
    change(holder, account.kind(), changes, "grant", holder + " " + grant.text(), by);
  }

  /** Takes a right back, or a denial; {@code REQUEST_INVALID} when there is no such one. */
  public void revoke(Grant grant, Actor by) {
    var account = require(grant.holder());
    if (!account.grants().contains(grant)) {
      throw ErrorCode.REQUEST_INVALID.about(grant.holder() + " has no such grant");
    }
    var changes = List.of(Change.exclude(Account.GRANTS, grant.text()));
    var about = grant.holder() + " " + grant.text();
    change(grant.holder(), account.kind(), changes, "revoke", about, by);
  }

  private void ensureAnonymous() {
    var item =
        Item.at(Keys.account(AccountName.ANONYMOUS))
            .with(Account.KIND, Kind.ANONYMOUS.name())
            .build();
    environment.metadata().write(Write.create(item)); // refused: it is there
  }

  private Account require(AccountName name) {
    return find(name)
        .orElseThrow(() -> ErrorCode.REQUEST_INVALID.about("there is no account " + name));
  }

  private Account require(AccountName name, Kind kind) {
    var account = require(name);
    if (account.kind() != kind) {
      throw ErrorCode.REQUEST_INVALID.about(
          name + " is no " + kind.name().toLowerCase(Locale.ROOT));
    }
    return account;
  }

  private void change(
      AccountName name, Kind kind, List<Change> changes, String what, String about, Actor by) {
    var update =
        new Write.Update(Keys.account(name), changes, Condition.is(Account.KIND, kind.name()));
    if (happens(update, what, about, by) instanceof Outcome.Refused) {
      throw ErrorCode.REQUEST_INVALID.about(
          "there is no " + kind.name().toLowerCase(Locale.ROOT) + " " + name);
    }
  }

  private Outcome happens(Write write, String what, String about, Actor by) {
    var entry =
        new AuditEntry(environment.clock().millis(), by.caller().name(), by.network(), what, about);
    return environment.metadata().transact(Transaction.of(write, entry.write(environment)));
  }
}
