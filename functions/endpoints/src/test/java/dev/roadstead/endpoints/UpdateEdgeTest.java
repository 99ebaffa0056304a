package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.access.Accounts;
import dev.roadstead.access.Accounts.Actor;
import dev.roadstead.access.Passwords;
import dev.roadstead.endpoints.jobs.SetAdministrator;
import dev.roadstead.endpoints.jobs.UpdateEdge;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyEdgeStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryEdgeStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Glob;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Grant.Effect;
import dev.roadstead.rule.Role;
import dev.roadstead.secret.KeyExchange;
import dev.roadstead.secret.Purpose;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.secret.Secrets;
import dev.roadstead.store.Consistency;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jobs of an installation: its edge and its administrator. */
class UpdateEdgeTest {
  private static final RepositoryName APP = new RepositoryName("app");
  private static final UploadLocation LOCATION =
      new UploadLocation(APP, new SessionId(new UUID(1, 2)), Phase.FRESH, 3);
  private static final Actor SOMEBODY = new Actor(Caller.OPERATOR, "");

  private final FaultPlan faults = new FaultPlan();
  private final InMemoryMetadataStore metadata = new InMemoryMetadataStore();
  private final InMemoryMetadataStore secretItems = new InMemoryMetadataStore();
  private final SecretTable secrets = new SecretTable(secretItems);
  private final InMemoryEdgeStore edge = new InMemoryEdgeStore();
  private final Random random = new Random(1);
  private final Passwords passwords = new Passwords(random);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Accounts accounts = new Accounts(environment(), passwords, random);

  private Environment environment() {
    return new Environment(
        new FaultyMetadataStore(metadata, faults),
        new InMemoryBlobStore(),
        () -> now,
        () -> new UUID(random.nextLong(), random.nextLong()),
        RegistrySettings.DEFAULTS);
  }

  /** A process of its own: it knows nothing of those before it. */
  private UpdateEdge updateEdge() {
    var table = new SecretTable(new FaultyMetadataStore(secretItems, faults));
    return new UpdateEdge(
        new KeyExchange(table, random, () -> now), new FaultyEdgeStore(edge, faults), accounts);
  }

  @Test
  void theFirstRunMakesKeysThatFunctionsAndEdgeAgreeOn() {
    updateEdge().run();

    agree();
    assertThat(edge.texts()).containsEntry("anonymous-0", "-");
  }

  @Test
  void tellsWhatAnonymousMayPullAndNotWhatItIsDenied() {
    grant(Effect.ALLOW, "public/*");
    grant(Effect.ALLOW, "library/a");
    grant(Effect.DENY, "public/secret");

    updateEdge().run();

    assertThat(edge.texts()).containsEntry("anonymous-0", "library/a public/*");
  }

  @Test
  void tellsSoManyPatternsInSeveralTexts() {
    for (int i = 0; i < 9; i++) {
      grant(Effect.ALLOW, i + "x".repeat(Glob.MAX_LENGTH - 1));
    }

    updateEdge().run();

    assertThat(edge.texts().get("anonymous-0")).endsWith(" ");
    assertThat(edge.texts().get("anonymous-1")).endsWith(" ");
    assertThat(edge.texts().get("anonymous-2")).doesNotEndWith(" ").startsWith("6");
  }

  /** Keys are exchanged, and the process dies before or after each of its calls. */
  @ParameterizedTest
  @EnumSource
  void diesAtAnyCallAndFunctionsAndEdgeAgreeAllTheSame(When when) {
    updateEdge().run();
    for (int call = 0; ; call++) {
      var before = secrets.read().orElseThrow();
      now = now.plus(KeyExchange.PERIOD);
      faults.crashAt(call, when);
      if (ended()) {
        assertThat(call).as("calls of a run that exchanges").isGreaterThanOrEqualTo(9);
        return;
      }
      faults.restart();
      agree();
      agree(before); // functions that have not heard of it yet

      updateEdge().run();

      agree();
      agree(before);
      assertThat(secrets.read().orElseThrow().generation()).isEqualTo(before.generation() + 1);
      assertThat(edge.texts()).containsAllEntriesOf(secrets.read().orElseThrow().edgeTexts());
    }
  }

  private boolean ended() {
    try {
      updateEdge().run();
      return true;
    } catch (FaultPlan.Crashed died) {
      return false;
    }
  }

  /** Who has read an older grant must not tell it after a newer one. */
  @Test
  void doesNotTellWhatIsOldByNow() {
    updateEdge().run();
    faults.restart();
    faults.actBefore(
        3, // the telling: mark, keys, grants are read
        () -> {
          var other = new Accounts(quiet(), passwords, random);
          other.grant(everything(), SOMEBODY);
          new UpdateEdge(new KeyExchange(secrets, random, () -> now), edge, other).run();
        });

    updateEdge().run();

    assertThat(edge.texts()).containsEntry("anonymous-0", "*");
  }

  private Environment quiet() {
    return new Environment(
        metadata,
        new InMemoryBlobStore(),
        () -> now,
        () -> new UUID(random.nextLong(), random.nextLong()),
        RegistrySettings.DEFAULTS);
  }

  @Test
  void theAdministratorsPasswordIsKeptAsAHashAndAnotherOneEndsIt() {
    var setAdministrator = new SetAdministrator(accounts, passwords);
    var first = setAdministrator.run();
    assertThat(logsIn(first)).isTrue();
    assertThat(metadata.all().toString()).doesNotContain(first);

    var second = setAdministrator.run();

    assertThat(logsIn(first)).isFalse();
    assertThat(logsIn(second)).isTrue();
  }

  @Test
  void theAdministratorIsThereWithEveryRightOrNotAtAll() {
    faults.crashAt(1, When.BEFORE);
    var setAdministrator = new SetAdministrator(accounts, passwords);

    assertThatThrownBy(setAdministrator::run).isInstanceOf(FaultPlan.Crashed.class);
    faults.restart();
    assertThat(accounts.find(SetAdministrator.NAME)).isEmpty();

    setAdministrator.run();
    assertThat(accounts.find(SetAdministrator.NAME).orElseThrow().grants())
        .extracting(Grant::role)
        .containsExactly(Role.ADMIN);
  }

  private boolean logsIn(String password) {
    var kept =
        metadata
            .get(Keys.account(SetAdministrator.NAME), Consistency.STRONG)
            .orElseThrow()
            .text("secret");
    assertThat(kept).startsWith("argon2id$");
    return passwords.matches(password, kept);
  }

  private void grant(Effect effect, String repositories) {
    accounts.grant(
        new Grant(
            AccountName.ANONYMOUS,
            effect,
            Role.READER,
            new Glob(repositories),
            Glob.ANY,
            Optional.empty()),
        SOMEBODY);
  }

  private static Grant everything() {
    return new Grant(
        AccountName.ANONYMOUS, Effect.ALLOW, Role.READER, Glob.ANY, Glob.ANY, Optional.empty());
  }

  /** What either signs the other believes. */
  private void agree() {
    agree(secrets.read().orElseThrow());
  }

  private void agree(Secrets functionsHave) {
    var functions = new LocationKeys(functionsHave.keys(Purpose.LOCATION));
    var known = edgeKeys("location-keys");
    var edgeLocations = new LocationKeys(known);
    assertThat(edgeLocations.verify(APP, functions.sign(LOCATION))).contains(LOCATION);
    assertThat(functions.verify(APP, edgeLocations.sign(LOCATION))).contains(LOCATION);
    var said = edgeKeys("origin-keys").getFirst();
    assertThat(functionsHave.keys(Purpose.ORIGIN)).anyMatch(key -> Arrays.equals(key, said));
  }

  private List<byte[]> edgeKeys(String name) {
    return Arrays.stream(edge.texts().getOrDefault(name, "").split(",", -1))
        .map(HexFormat.of()::parseHex)
        .toList();
  }
}
