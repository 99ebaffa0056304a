package dev.roadstead.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Glob;
import dev.roadstead.model.Network;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Decision.Question;
import dev.roadstead.rule.Decision.Verdict;
import dev.roadstead.rule.Grant.Effect;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Rights against an evaluator that is written as naively as the rules can be said. */
class RightsTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final String SIGNATURE = "sha256-" + "a".repeat(64) + ".sig";
  private static final Digest DIGEST = Digest.sha256(new byte[0]);

  /** A policy, a request, and the address that it comes from. */
  record Case(List<Grant> grants, Question question, String network) {}

  @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
  void decideAsTheRulesSay(@ForAll("cases") Case any) {
    var rights = new Rights(any.grants(), any.network());

    boolean allowed = rights.decide(any.question()) instanceof Verdict.Allowed;

    assertThat(allowed).isEqualTo(naive(any));
    assertThat(rights.explain(any.question()).allowed()).isEqualTo(allowed);
  }

  /** One rule after the other, with regular expressions and bits written as text. */
  private static boolean naive(Case any) {
    boolean allowed = false;
    for (var grant : any.grants()) {
      boolean deny = grant.effect() == Effect.DENY;
      var question = any.question();
      int needed =
          switch (question.action()) {
            case PULL -> 0;
            case PUSH -> 1;
            case DELETE -> 2;
            default -> 3;
          };
      int given =
          List.of("reader", "writer", "maintainer", "admin").indexOf(grant.role().toString());
      boolean role = deny ? given <= needed : given >= needed;
      boolean repository =
          question.repository().isPresent()
              ? regex(grant.repositories(), question.repository().get().text())
              : grant.repositories().text().replace("*", "").isEmpty();
      boolean named =
          question.tag().isPresent()
              && !(question.action() != Action.DELETE
                  && question.tag().get().text().startsWith("sha256-"));
      boolean tag =
          named
              ? regex(grant.tags(), question.tag().get().text())
              : !deny || grant.tags().text().replace("*", "").isEmpty();
      boolean from =
          grant.from().isEmpty()
              || (any.network().isEmpty() ? deny : inside(grant.from().get(), any.network()));
      if (role && repository && tag && from) {
        if (deny) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  private static boolean regex(Glob glob, String name) {
    return name.matches(glob.text().replace(".", "\\.").replace("*", ".*"));
  }

  private static boolean inside(Network network, String address) {
    var parts = network.text().split("/", -1);
    int bits = parts.length == 1 ? 32 : Integer.parseInt(parts[1]);
    return bits(parts[0]).substring(0, bits).equals(bits(address).substring(0, bits));
  }

  private static String bits(String address) {
    var text = new StringBuilder();
    for (var part : address.split("\\.", -1)) {
      text.append("%8s".formatted(Integer.toBinaryString(Integer.parseInt(part))));
    }
    return text.toString().replace(' ', '0');
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            grants().list().ofMaxSize(5),
            questions(),
            Arbitraries.of("10.0.0.1", "10.1.0.1", "192.168.7.9", ""))
        .as(Case::new);
  }

  private static Arbitrary<Grant> grants() {
    return Combinators.combine(
            Arbitraries.of(Effect.ALLOW, Effect.ALLOW, Effect.DENY),
            Arbitraries.of(Role.class),
            Arbitraries.of("*", "**", "a", "a/*", "*/b", "a*b", "*a*b*", "a/b", "b", "a.b")
                .map(Glob::new),
            Arbitraries.of("*", "v*", "*1", "v1", "dev-*", "*-*-*").map(Glob::new),
            Arbitraries.of("10.0.0.0/8", "10.0.0.1", "10.0.0.0/15", "192.168.7.8/30", "0.0.0.0/0")
                .map(Network::new)
                .optional(0.3))
        .as((effect, role, name, tag, from) -> new Grant(ALICE, effect, role, name, tag, from));
  }

  private static Arbitrary<Question> questions() {
    return Combinators.combine(
            Arbitraries.of(Action.PULL, Action.PUSH, Action.DELETE, Action.ADMINISTER),
            Arbitraries.of("a", "b", "a/b", "ab", "a/x/b", "a.b", "axb", "aab/b")
                .map(RepositoryName::new)
                .optional(0.9),
            Arbitraries.of("v1", "v2", "dev-1", "dev-x-1", "latest", SIGNATURE)
                .map(Tag::new)
                .optional(0.6))
        .as(
            (action, name, tag) ->
                new Question(
                    new Caller("alice"),
                    action,
                    name,
                    tag,
                    tag.isPresent() ? Optional.empty() : Optional.of(DIGEST)));
  }

  @Test
  void readBackWhatTheyWrite() {
    for (var text : List.of("allow reader * * -", "deny writer team/* prod-* 10.0.0.0/8")) {
      assertThat(Grant.parse(ALICE, text).text()).isEqualTo(text);
    }
  }

  @Test
  void sayWhichGrantDecidedAndWhichIsMissing() {
    var writer = Grant.parse(ALICE, "allow writer team/* dev-* -");
    var denial = Grant.parse(ALICE, "deny writer team/secret * -");
    var rights = new Rights(List.of(writer, denial), "");

    assertThat(rights.explain(push("team/app", "dev-1")).because()).contains(writer);
    assertThat(rights.explain(push("team/secret", "dev-1")).because()).contains(denial);
    assertThat(rights.explain(push("team/app", "prod-1")).text())
        .contains("lacks a grant: role writer or higher, repository team/app, tag prod-1");
    assertThat(rights.decide(push("team/secret", "dev-1")).toString())
        .doesNotContain("denial"); // the caller is not told which there is
  }

  private static Question push(String repository, String tag) {
    return new Question(
        new Caller("alice"),
        Action.PUSH,
        Optional.of(new RepositoryName(repository)),
        Optional.of(new Tag(tag)),
        Optional.empty());
  }
}
