package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Address;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Decision;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A registry in which alice may do everything, and where the same requests always leave the same
 * records: clock, ids and chance are given.
 */
final class AuditedRegistry {
  private static final String REPOSITORY = "team/app";
  private static final byte[] BLOB = "layer".getBytes(StandardCharsets.UTF_8);
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";
  private static final byte[] MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
          .formatted(TYPE)
          .getBytes(StandardCharsets.UTF_8);

  /** The digest of the manifest that is pushed. */
  static final String DIGEST = Digest.sha256(MANIFEST).toString();

  /** The digest of the blob that is uploaded. */
  static final String LAYER = Digest.sha256(BLOB).toString();

  private static final Caller ALICE = new Caller("alice", "192.0.2.1");

  private final FaultPlan faults = new FaultPlan();
  private final InMemoryMetadataStore items = new InMemoryMetadataStore();
  private final AtomicLong ids = new AtomicLong();
  private final Environment environment =
      new Environment(
          new FaultyMetadataStore(items, faults),
          new FaultyBlobStore(new InMemoryBlobStore(), faults),
          () -> Instant.ofEpochSecond(1_800_000_000),
          () -> new UUID(ids.incrementAndGet(), 0),
          RegistrySettings.DEFAULTS);
  private final Endpoints endpoints = endpoints();
  private List<AuditEntry> earlier = List.of();
  private boolean dies;

  private Endpoints endpoints() {
    var accounts = new Accounts(environment, new Passwords(new Random(1)), new Random(2));
    var access = new Access(ALICE, Decision.EVERYTHING);
    var control = new AccessControl(visitor -> access, accounts, Optional.empty());
    var locations = new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
    return new Endpoints(environment, locations, control, check -> {});
  }

  /** What comes now is what is looked at. */
  void begins() {
    earlier = entries();
    faults.restart();
  }

  /** Lets the process die at this store call, counted from 0 and from now on. */
  void diesAt(int call, When when) {
    faults.crashAt(call, when);
    dies = true;
  }

  /** How many store calls there were since it began. */
  int calls() {
    return faults.calls().size();
  }

  private List<AuditEntry> entries() {
    var log =
        new AuditLog(
            new Environment(
                items,
                environment.blobs(),
                environment.clock(),
                environment.ids(),
                environment.settings()));
    return log.list(any -> true, 0, Optional.empty(), AuditLog.MAX_PAGE).entries();
  }

  /** What alice was noted for since it began. */
  List<String> noted() {
    var fresh = new ArrayList<>(entries());
    earlier.forEach(fresh::remove);
    assertThat(fresh).allMatch(e -> e.who().equals("alice") && e.network().equals("192.0.2.1"));
    return fresh.stream().map(AuditEntry::what).toList();
  }

  /** Every record but the audit log's. */
  List<Item> state() {
    return items.scan(Optional.empty(), Scan.MAX_LIMIT).items().stream()
        .filter(item -> !item.key().partition().startsWith("A#"))
        .toList();
  }

  private void answers(
      Operation operation,
      Method method,
      String last,
      Map<String, List<String>> query,
      byte[] body) {
    var place = operation.place();
    var address = new Address(place, place.template().contains("<name>") ? REPOSITORY : "", last);
    var headers = Map.of("Content-Type", List.of(TYPE));
    var request = new ApiRequest(operation, method, address, query, headers, body, ALICE.network());
    var answer = endpoints.of(operation).handle(request);
    assertThat(dies || answer.status() < 300).as("%s: %s", operation, answer).isTrue();
  }

  /** Asks with a document. */
  void asks(Operation operation, Method method, String last, String document) {
    answers(operation, method, last, Map.of(), document.getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes something. */
  void deletes(Operation operation, String last) {
    answers(operation, Method.DELETE, last, Map.of(), new byte[0]);
  }

  /** Pushes a manifest with a tag. */
  void pushes() {
    answers(Operation.PUT_MANIFEST, Method.PUT, "v1", Map.of(), MANIFEST);
  }

  /** Uploads a blob. */
  void uploads() {
    answers(Operation.START_UPLOAD, Method.POST, "", Map.of("digest", List.of(LAYER)), BLOB);
  }

  /** Takes the right back that was granted. */
  void revokes(String holder) {
    var grant = Map.of("role", List.of("reader"), "repository", List.of("team/*"));
    answers(Operation.GRANTS, Method.DELETE, holder, grant, new byte[0]);
  }

  /** Takes the rule back that was made. */
  void removesRule() {
    answers(
        Operation.IMMUTABILITY, Method.DELETE, "", Map.of("repository", List.of("*")), new byte[0]);
  }

  /** The collector has stopped, for somebody to look. */
  void standsStill() {
    var stopped =
        Item.at(Keys.collector())
            .with("day", 20_000)
            .with("left", 0)
            .with("limit", 100)
            .with("counted", 1)
            .with("stoppedAt", 1_800_000_000);
    items.write(new Write.Put(stopped.build(), Condition.NONE));
  }
}
