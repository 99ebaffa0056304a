package dev.roadstead.access;

import static dev.roadstead.access.TestAccounts.HERE;
import static dev.roadstead.access.TestAccounts.OPERATOR;
import static dev.roadstead.access.TestAccounts.PASSWORD;
import static dev.roadstead.access.TestAccounts.basic;
import static dev.roadstead.access.TestAccounts.bearer;
import static dev.roadstead.access.TestAccounts.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.access.TokenService.Issued;
import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Scope;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Decision.Question;
import dev.roadstead.rule.Decision.Verdict;
import dev.roadstead.rule.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets a token for what, and what it is good for then. */
class TokenServiceTest {
  private final TestAccounts world = new TestAccounts();

  private Issued issue(Proof proof, String... scopes) {
    return world.tokens.issue(proof, Scope.parse(List.of(scopes)), false, HERE);
  }

  private static Proof alice() {
    return new Proof.Password("alice", PASSWORD);
  }

  private static boolean may(Access access, Action action, String repository, String... tag) {
    var question =
        new Question(
            access.caller(),
            action,
            Optional.of(new RepositoryName(repository)),
            List.of(tag).stream().map(Tag::new).findFirst(),
            Optional.empty());
    return access.decision().decide(question) instanceof Verdict.Allowed;
  }

  private static void refused(ErrorCode code, Runnable step) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(step::run)
        .matches(refusal -> refusal.problems().getFirst().code() == code);
  }

  @Test
  void grantsWhatIsBothAskedForAndAllowed() {
    world.user("alice", "allow writer team/* * -", "allow reader lib/* * -");

    var scopes =
        issue(
                alice(),
                "repository:team/app:pull,push,delete repository:lib/x:push,pull",
                "repository:other:pull")
            .scopes();

    assertThat(scopes)
        .extracting(Scope::toString)
        .containsExactly(
            "repository:team/app:pull,push", "repository:lib/x:pull", "repository:other:");
  }

  @Test
  void aTokenIsGoodForNoMoreThanItsScope() {
    world.user("alice", "allow maintainer * * -");

    var token = issue(alice(), "repository:team/app:pull").token();
    var access = world.authenticator.authenticate(bearer(token));

    assertThat(access.caller().name()).isEqualTo("alice");
    assertThat(may(access, Action.PULL, "team/app")).isTrue();
    assertThat(may(access, Action.PUSH, "team/app")).isFalse();
    assertThat(may(access, Action.PULL, "team/other")).isFalse();
    assertThat(may(access, Action.ADMINISTER, "team/app")).isFalse();
  }

  @Test
  void aTokenCarriesTagPatterns() {
    world.user("alice", "allow reader team/* * -", "allow writer team/* dev-* -");

    var token = issue(alice(), "repository:team/app:pull,push").token();
    var access = world.authenticator.authenticate(bearer(token));

    assertThat(may(access, Action.PUSH, "team/app", "dev-1")).isTrue();
    assertThat(may(access, Action.PUSH, "team/app", "prod-1")).isFalse();
    assertThat(may(access, Action.PUSH, "team/app")).isTrue();
    assertThat(may(access, Action.PULL, "team/app", "prod-1")).isTrue();
  }

  @Test
  void whoeverHasATokenIsKnownWithoutAStore() {
    world.user("alice", "allow reader * * -");
    var token = issue(alice(), "repository:team/app:pull").token();

    world.faults.restart();
    world.authenticator.authenticate(bearer(token));

    assertThat(world.faults.calls()).isEmpty();
  }

  @Test
  void aPasswordIsCheckedOnceInATokensLife() {
    world.user("alice", "allow reader * * -");
    world.authenticator.authenticate(basic("alice", PASSWORD));

    world.faults.restart();
    world.authenticator.authenticate(basic("alice", PASSWORD));
    assertThat(world.faults.calls()).isEmpty();

    world.pass(TokenService.TOKEN_LIFE);
    world.authenticator.authenticate(basic("alice", PASSWORD));
    assertThat(world.faults.calls()).isNotEmpty();
  }

  @Test
  void aWrongPasswordAnUnknownUserAndADisabledOneAreOneAnswer() {
    world.user("alice");
    world.user("mallory");
    world.accounts.setEnabled(name("mallory"), false, OPERATOR);

    for (var proof :
        List.of(
            new Proof.Password("alice", "wrong password"),
            new Proof.Password("alice", ""),
            new Proof.Password("", ""),
            new Proof.Password("Alice", PASSWORD),
            new Proof.Password("nobody", PASSWORD),
            new Proof.Password("anonymous", PASSWORD),
            new Proof.Password("mallory", PASSWORD))) {
      assertThatExceptionOfType(RegistryException.class)
          .isThrownBy(() -> issue(proof, "repository:a:pull"))
          .withMessage("the user or the password is wrong");
    }
  }

  @Test
  void guessingIsSlowedDownForThatNetworkAlone() {
    world.user("alice", "allow reader * * -");
    for (int i = 0; i < FailedLogins.FREE; i++) {
      refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Password("alice", "guess number")));
    }
    refused(ErrorCode.TOO_MANY_REQUESTS, () -> issue(alice(), "repository:a:pull"));

    var elsewhere = world.tokens.issue(alice(), List.of(), false, "192.0.2.1");
    assertThat(elsewhere.token()).isNotEmpty();

    world.pass(Duration.ofMinutes(16));
    assertThat(issue(alice(), "repository:a:pull").token()).isNotEmpty();
  }

  @Test
  void nobodyWithoutAnAccountGetsMoreThanAnonymousWasGranted() {
    world.accounts.grant(Grant.parse(AccountName.ANONYMOUS, "allow reader public/* * -"), OPERATOR);

    var scopes =
        issue(new Proof.None(), "repository:public/a:pull,push repository:b:pull").scopes();

    assertThat(scopes)
        .extracting(Scope::toString)
        .containsExactly("repository:public/a:pull", "repository:b:");
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.None())); // how docker login looks
  }

  @Test
  void aRefreshTokenWorksUntilThePasswordChangesOrTheAccountEnds() {
    world.user("alice", "allow reader * * -");
    var refresh = world.tokens.issue(alice(), List.of(), true, HERE).refreshToken().orElseThrow();
    assertThat(issue(new Proof.Refresh(refresh), "repository:a:pull").scopes().getFirst().actions())
        .containsExactly("pull");
    refused(ErrorCode.UNAUTHORIZED, () -> world.authenticator.authenticate(bearer(refresh)));

    world.accounts.setPassword(name("alice"), "another password", OPERATOR);
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Refresh(refresh)));

    var second =
        world
            .tokens
            .issue(new Proof.Password("alice", "another password"), List.of(), true, HERE)
            .refreshToken()
            .orElseThrow();
    world.accounts.setEnabled(name("alice"), false, OPERATOR);
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Refresh(second)));
  }

  @Test
  void aRobotsOldSecretWorksForADayBesideItsNewOne() {
    var first = world.accounts.addRobot(name("ci"), Optional.of(Duration.ofDays(3)), OPERATOR);
    var second = world.accounts.rotate(name("ci"), OPERATOR);

    issue(new Proof.Password("ci", first));
    issue(new Proof.Password("ci", second));
    world.pass(Accounts.OVERLAP);
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Password("ci", first)));
    issue(new Proof.Password("ci", second));
    world.pass(Duration.ofDays(2));
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Password("ci", second)));
  }

  @Test
  void groupsGiveTheirRightsToTheirMembers() {
    world.user("alice");
    world.accounts.addGroup(name("team"), OPERATOR);
    world.accounts.grant(Grant.parse(name("team"), "allow writer team/* * -"), OPERATOR);
    world.accounts.setMember(name("team"), name("alice"), true, OPERATOR);
    assertThat(issue(alice(), "repository:team/a:push").scopes().getFirst().actions())
        .containsExactly("push");

    world.accounts.setMember(name("team"), name("alice"), false, OPERATOR);
    assertThat(issue(alice(), "repository:team/a:push").scopes().getFirst().actions()).isEmpty();
  }

  @Test
  void scopesAreReadInEveryFormThatClientsWrite() {
    assertThat(Scope.parse(List.of("repository(plugin):host:5000/a/b:pull,push,*")))
        .containsExactly(new Scope("repository", "host:5000/a/b", Set.of("pull", "push", "*")));
    refused(ErrorCode.UNAUTHORIZED, () -> issue(new Proof.Refresh("x.y.z"), "registry:catalog:*"));
    world.user("alice");
    assertThat(issue(alice(), "registry:catalog:*", "repository:h:5000/a:pull").scopes())
        .extracting(Scope::toString)
        .containsExactly("registry:catalog:*", "repository:h:5000/a:");
  }

  @Test
  void everyChangeIsInTheAuditLogAndNoSecretIs() {
    world.user("alice", "allow reader * * -");
    var secret = world.accounts.addRobot(name("ci"), Optional.empty(), OPERATOR);
    world.accounts.setEnabled(name("alice"), false, OPERATOR);

    var entries =
        new AuditLog(world.environment).list(any -> true, 0, Optional.empty(), 10).entries();

    assertThat(entries)
        .extracting(entry -> entry.what())
        .containsExactlyInAnyOrder("disable user", "add robot", "grant", "add user");
    assertThat(entries.toString()).doesNotContain(secret, PASSWORD);
  }

  @Test
  void theAuditLogIsReadPageByPageTheNewestFirst() {
    world.user("alice");
    world.pass(Duration.ofDays(2));
    world.accounts.addGroup(name("team"), OPERATOR);
    var log = new AuditLog(world.environment);

    var first = log.list(any -> true, 0, Optional.empty(), 1);
    var second = log.list(any -> true, 0, first.next(), 1);

    assertThat(first.entries().getFirst().what()).isEqualTo("add group");
    assertThat(second.entries().getFirst().what()).isEqualTo("add user");
  }

  @Test
  void theAuditLogForgetsWhatIsOlderThanItsLife() {
    world.user("alice");
    world.pass(AuditEntry.LIFE);
    world.accounts.addGroup(name("team"), OPERATOR);
    var log = new AuditLog(world.environment);
    assertThat(log.expire()).isZero();

    world.pass(Duration.ofDays(30));

    assertThat(log.expire()).isEqualTo(1);
    assertThat(log.list(any -> true, 0, Optional.empty(), 10).entries())
        .extracting(AuditEntry::what)
        .containsExactly("add group");
  }
}
