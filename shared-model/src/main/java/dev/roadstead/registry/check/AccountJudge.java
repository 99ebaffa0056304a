package dev.roadstead.registry.check;

import dev.roadstead.model.AccountName;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.ImmutabilityRule;
import dev.roadstead.store.Item;
import dev.roadstead.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges accounts with their rights, the rules about immutable tags, and the audit log. No bytes
 * and no other record tell what they should be, so damage is named and nothing is changed: whoever
 * guesses here gives rights that nobody gave, or forges evidence. Failed logins only slow guessing
 * down, and are set right.
 */
final class AccountJudge {
  private static final String WAY_OUT = "; put it back from a backup, nothing else can tell";

  private final Run run;

  /** What may be granted something, and what is kept of its secret. */
  private enum Holder {
    /** 16 bytes of salt, 32 bytes of hash. */
    USER("argon2id\\$[0-9]{1,9}\\$[0-9]{1,9}\\$[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}="),
    ROBOT(Holder.SHA256),
    GROUP(Holder.NOTHING),
    ANONYMOUS(Holder.NOTHING);

    private static final String SHA256 = "[0-9a-f]{64}";
    private static final String NOTHING = "";

    private final String secret;

    Holder(String secret) {
      this.secret = secret;
    }

    static Optional<Holder> of(Item account) {
      return account
          .textIfAny("kind")
          .flatMap(kind -> Stream.of(values()).filter(h -> h.name().equals(kind)).findFirst());
    }

    boolean logsIn() {
      return !secret.equals(NOTHING);
    }

    /** Whether it keeps this; a value of another type is as wrong as a text that is no hash. */
    boolean keeps(Item account, String attribute) {
      return logsIn()
          ? account.textIfAny(attribute).filter(hash -> hash.matches(secret)).isPresent()
          : !account.has(attribute);
    }
  }

  AccountJudge(Run run) {
    this.run = run;
  }

  void judge() {
    var census = run.census();
    census.all(Kind.ACCOUNT).forEach((name, item) -> named("account " + name, flaws(name, item)));
    census.audit().accounts().stream()
        .filter(name -> census.one(Kind.ACCOUNT, name).isEmpty())
        .forEach(
            name ->
                named("account " + name, List.of("is missing, and the audit log has its making")));
    census.all(Kind.FAILED_LOGINS).forEach(this::judgeFailures);
    census
        .all(Kind.IMMUTABLE_TAGS)
        .values()
        .forEach(item -> named("the rules about immutable tags", rules(item)));
    census.audit().flaws().forEach((key, flaw) -> named("audit entry " + key, List.of(flaw)));
  }

  private void named(String subject, List<String> flaws) {
    if (!flaws.isEmpty()) {
      run.found(Stage.CLEAR, subject, String.join("; ", flaws) + WAY_OUT, List.of());
    }
  }

  private List<String> flaws(String name, Item account) {
    var kind = Holder.of(account);
    if (kind.isEmpty()) {
      return List.of("nobody can tell what it is");
    }
    var flaws = new ArrayList<String>();
    if (!kind.get().keeps(account, "secret")) {
      flaws.add("what is kept of its secret cannot be right");
    }
    boolean rotates = account.has("oldSecret") || account.has("oldUntil");
    if (rotates && !(kind.get() == Holder.ROBOT && hasOldSecret(account))) {
      flaws.add("what is kept of its old secret cannot be right");
    }
    var right = new Right(account.key(), Optional.of(account));
    if (account.has("disabled")) {
      right.is("disabled", 1);
    }
    if (kind.get() != Holder.ANONYMOUS) {
      right.any("createdAt", Form.NUMBER, Value.of(0));
    }
    if (account.has("expiresAt")) {
      right.any("expiresAt", Form.NUMBER, Value.of(0));
    }
    right.problem().ifPresent(flaws::add);
    if (account.has("groups") && !kind.get().logsIn()) {
      flaws.add("it can be in no group");
    }
    each(account, "groups", flaws, this::requireGroup);
    each(account, "grants", flaws, text -> Grant.parse(new AccountName(name), text));
    return flaws;
  }

  private static boolean hasOldSecret(Item robot) {
    return Holder.ROBOT.keeps(robot, "oldSecret")
        && Right.number(Optional.of(robot), "oldUntil").isPresent();
  }

  private void requireGroup(String name) {
    var group = run.census().one(Kind.ACCOUNT, name).flatMap(Holder::of);
    if (!group.equals(Optional.of(Holder.GROUP))) {
      throw new IllegalArgumentException("there is no such group");
    }
  }

  private static List<String> rules(Item rules) {
    var flaws = new ArrayList<String>();
    each(rules, "rules", flaws, ImmutabilityRule::parse);
    return flaws;
  }

  /** Reads every text of a set that may be missing. */
  private static void each(
      Item item, String attribute, List<String> flaws, Consumer<String> reader) {
    if (item.has(attribute) && !(item.attributes().get(attribute) instanceof Value.Names)) {
      flaws.add("its " + attribute + " cannot be read");
    }
    for (var text : item.names(attribute)) {
      try {
        reader.accept(text);
      } catch (IllegalArgumentException wrong) {
        flaws.add("\"" + text + "\" of its " + attribute + ": " + wrong.getMessage());
      }
    }
  }

  private void judgeFailures(String name, Item failures) {
    run.compare(
        new Right(failures.key(), Optional.of(failures))
            .any("failures", Form.NUMBER, Value.of(0))
            .any("until", Form.NUMBER, Value.of(0))
            .any("expiresAt", Form.NUMBER, Value.of(run.nowSeconds())),
        Stage.RECORD,
        "failed logins " + name);
  }
}
