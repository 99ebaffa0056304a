package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.access.TokenService;
import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.hash.Hmac;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Scope;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Address;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Grant;
import dev.roadstead.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What accounts cost those who have them, and what they tell those who have not. */
class AccessCostsTest {
  private static final String PASSWORD = "correct horse";
  private static final byte[] LAYER = "layer".getBytes(StandardCharsets.UTF_8);
  private static final byte[] MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}\
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";

  private final FaultPlan calls = new FaultPlan();
  private final SecureRandom random = new SecureRandom();
  private final Environment environment =
      new Environment(
          new FaultyMetadataStore(new InMemoryMetadataStore(), calls),
          new FaultyBlobStore(new InMemoryBlobStore(), calls),
          () -> Instant.ofEpochSecond(1_800_000_000),
          UUID::randomUUID,
          RegistrySettings.DEFAULTS);
  private final Passwords passwords = new Passwords(random);
  private final Accounts accounts = new Accounts(environment, passwords, random);
  private final TokenKeys keys =
      new TokenKeys(
          List.of(new byte[Hmac.BYTES]),
          new EdgeKeys(List.of(new byte[Hmac.BYTES])),
          environment.clock());
  private final TokenService tokens = new TokenService(environment, accounts, passwords, keys);
  private final Endpoints open =
      endpoints(new AccessControl(visitor -> Access.OPEN, accounts, Optional.empty()));
  private final Endpoints guarded =
      endpoints(
          new AccessControl(
              new AccountAuthenticator(
                  environment, accounts, passwords, keys, Optional.empty(), random),
              accounts,
              Optional.of(tokens)));

  private Endpoints endpoints(AccessControl control) {
    var locations = new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
    return new Endpoints(environment, locations, control, Runnable::run);
  }

  @BeforeEach
  void pushAndGrant() {
    var upload =
        new ApiRequest(
            Operation.START_UPLOAD,
            Method.POST,
            new Address(Address.Place.UPLOADS, "team/there", ""),
            Map.of("digest", List.of(Digest.sha256(LAYER).toString())),
            Map.of(),
            LAYER,
            "");
    assertThat(open.of(Operation.START_UPLOAD).handle(upload).status()).isEqualTo(201);
    var push =
        new ApiRequest(
            Operation.PUT_MANIFEST,
            Method.PUT,
            new Address(Address.Place.MANIFEST, "team/there", "v1"),
            Map.of(),
            Map.of("Content-Type", List.of(TYPE)),
            MANIFEST,
            "");
    assertThat(open.of(Operation.PUT_MANIFEST).handle(push).status()).isEqualTo(201);
    var operator = new Accounts.Actor(Caller.OPERATOR, "");
    for (var name : new String[] {"reader", "stranger"}) {
      accounts.addUser(new AccountName(name), PASSWORD, operator);
    }
    accounts.grant(
        Grant.parse(new AccountName("reader"), "allow reader team/* * 10.0.0.0/8"), operator);
  }

  /** An answer, and the store calls that it took. */
  private record Taken(Answer answer, List<String> calls) {}

  private Taken take(
      Endpoints endpoints, Operation operation, String repository, String last, String shown) {
    calls.restart();
    var address = new Address(operation.place(), repository, last);
    var method = operation.methods().iterator().next();
    Map<String, List<String>> headers =
        shown.isEmpty() ? Map.of() : Map.of("Authorization", List.of(shown));
    var answer =
        endpoints
            .of(operation)
            .handle(
                new ApiRequest(
                    operation, method, address, Map.of(), headers, new byte[0], "10.0.0.1"));
    return new Taken(answer, List.copyOf(calls.calls()));
  }

  private String token(String user, String scope) {
    var proof = new Proof.Password(user, PASSWORD);
    var issued = tokens.issue(proof, Scope.parse(List.of(scope)), false, "10.0.0.1");
    return "Bearer " + issued.token();
  }

  private static String basic(String user) {
    var both = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  @Test
  void anAuthorisedWarmPullCallsTheStoresNoMoreThanAnOpenOne() {
    var layer = Digest.sha256(LAYER).toString();
    var manifest = Digest.sha256(MANIFEST).toString();
    take(guarded, Operation.PING, "", "", basic("reader")); // the one login in a token's life

    for (var shown :
        new String[] {token("reader", "repository:team/there:pull"), basic("reader")}) {
      for (var step :
          Map.of(
                  Operation.HEAD_MANIFEST, "v1",
                  Operation.GET_MANIFEST, manifest,
                  Operation.HEAD_BLOB, layer,
                  Operation.GET_BLOB, layer)
              .entrySet()) {
        var free = take(open, step.getKey(), "team/there", step.getValue(), "");
        var authorised = take(guarded, step.getKey(), "team/there", step.getValue(), shown);

        assertThat(authorised.answer().status()).isEqualTo(free.answer().status()).isLessThan(400);
        assertThat(authorised.calls()).as("%s", step).isEqualTo(free.calls());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsForbiddenCannotBeToldFromWhatIsAbsent(Operation operation) {
    if (!operation.place().template().startsWith("/v2/<name>")) {
      return; // it is about no repository, or for administrators
    }
    var shown = new ArrayList<>(List.of("", basic("stranger")));
    shown.add(token("reader", "repository:team/other:pull"));
    shown.add(token("stranger", "repository:team/there:pull repository:team/absnt:pull"));
    take(guarded, Operation.PING, "", "", ""); // what is anonymous, and a login, are remembered
    take(guarded, Operation.PING, "", "", basic("stranger"));
    for (var last : new String[] {"v1", Digest.sha256(LAYER).toString()}) {
      for (var each : shown) {
        var there = take(guarded, operation, "team/there", last(operation, last), each);
        var absent = take(guarded, operation, "team/absnt", last(operation, last), each);

        assertThat(there.answer().status()).isIn(400, 401, 403);
        assertThat(there.answer().status()).isEqualTo(absent.answer().status());
        assertThat(there.answer().headers()).isEqualTo(absent.answer().headers());
        assertThat(there.answer().body()).isEqualTo(absent.answer().body());
        assertThat(there.calls()).isEqualTo(absent.calls());
      }
    }
  }

  private static String last(Operation operation, String text) {
    return switch (operation.place().last()) {
      case NOTHING, IDENTITY -> "";
      case REFERENCE, DIGEST, LOCATION -> text;
    };
  }

  @Test
  void aMountNeverTellsWhatIsInARepositoryThatMayNotBePulled() {
    var operator = new Accounts.Actor(Caller.OPERATOR, "");
    var writer = new AccountName("writer");
    accounts.addUser(writer, PASSWORD, operator);
    accounts.grant(Grant.parse(writer, "allow writer mine/* * -"), operator);
    var shown = basic("writer");
    take(guarded, Operation.PING, "", "", shown);

    var taken = new ArrayList<List<String>>();
    for (var from : new String[] {"team/there", "team/absnt"}) {
      calls.restart();
      assertThat(mount("mine/app", Map.of("from", List.of(from)), shown)).isEqualTo(202);
      taken.add(List.copyOf(calls.calls()));
    }
    assertThat(taken.getFirst()).isEqualTo(taken.getLast());
  }

  /** The status of a request to have the layer mounted. */
  private int mount(String repository, Map<String, List<String>> from, String shown) {
    var query = new HashMap<>(from);
    query.put("mount", List.of(Digest.sha256(LAYER).toString()));
    return guarded
        .of(Operation.START_UPLOAD)
        .handle(
            new ApiRequest(
                Operation.START_UPLOAD,
                Method.POST,
                new Address(Address.Place.UPLOADS, repository, ""),
                query,
                Map.of("Authorization", List.of(shown)),
                new byte[0],
                "10.0.0.1"))
        .status();
  }

  @Test
  void aMountThatNamesNoRepositoryLooksWhereItsTokenMayPullAndNowhereElse() {
    var operator = new Accounts.Actor(Caller.OPERATOR, "");
    var writer = new AccountName("writer");
    accounts.addUser(writer, PASSWORD, operator);
    accounts.grant(Grant.parse(writer, "allow writer * * -"), operator);
    var own = "repository:mine/app:pull,push ";

    assertThat(mount("mine/app", Map.of(), basic("writer"))).isEqualTo(202);
    assertThat(mount("mine/app", Map.of(), token("writer", own))).isEqualTo(202);
    var others = own + "repository:team/absnt:pull repository:team/there:push";
    assertThat(mount("mine/app", Map.of(), token("writer", others))).isEqualTo(202);

    var there = others + " repository:team/there:pull";
    assertThat(mount("mine/app", Map.of(), token("writer", there))).isEqualTo(201);
    assertThat(mount("mine/app", Map.of(), token("writer", own))).as("it has it").isEqualTo(201);
  }

  @Test
  void aMountThatNamesNoRepositoryLooksThroughTenAtMost() {
    var operator = new Accounts.Actor(Caller.OPERATOR, "");
    var writer = new AccountName("writer");
    accounts.addUser(writer, PASSWORD, operator);
    accounts.grant(Grant.parse(writer, "allow writer * * -"), operator);
    var scopes = new StringBuilder("repository:mine/app:pull,push");
    for (int i = 1; i < 10; i++) {
      scopes.append(" repository:absent/").append(i).append(":pull");
    }

    var tooMany = token("writer", scopes + " repository:team/there:pull");
    assertThat(mount("mine/app", Map.of(), tooMany)).isEqualTo(202);
  }
}
