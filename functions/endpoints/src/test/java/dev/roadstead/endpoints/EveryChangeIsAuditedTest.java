package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever changes anything is in the audit log, in the very transaction that makes the change. An
 * operation that is new does not compile until it is said here what the log has of it.
 */
class EveryChangeIsAuditedTest {
  private static final Request USER =
      ask(Operation.USERS, Method.PUT, "bob", "{\"password\": \"correct horse\"}");
  private static final Request PUSH = AuditedRegistry::pushes;
  private static final Request UNTAG = r -> r.deletes(Operation.DELETE_MANIFEST, "v1");
  private static final Request DELETE =
      r -> r.deletes(Operation.DELETE_MANIFEST, AuditedRegistry.DIGEST);
  private static final Request DELETE_LAYER =
      r -> r.deletes(Operation.DELETE_BLOB, AuditedRegistry.LAYER);
  private static final Request DELETE_ALL = r -> r.deletes(Operation.DELETE_REPOSITORY, "");

  /**
   * Bytes are nobody's until a manifest names them, which is noted; a login counts what failed, and
   * what was refused is noted beside it. Of a run of the collector nothing is noted either: what it
   * takes is what the rules say, whoever begins it.
   */
  private static final Set<Operation> NOT_NOTED =
      Set.of(
          Operation.START_UPLOAD,
          Operation.APPEND_CHUNK,
          Operation.FINISH_UPLOAD,
          Operation.CANCEL_UPLOAD,
          Operation.ISSUE_TOKEN);

  private static final String OFF = "{\"enabled\": false}";

  /** What people do with an operation, and what the log has of that. */
  record Act(Request before, Request request, List<String> noted) {}

  /** A request, or several one after the other. */
  interface Request {
    void of(AuditedRegistry registry);

    default Request then(Request next) {
      return registry -> {
        of(registry);
        next.of(registry);
      };
    }
  }

  private static Act act(Request before, Request request, String... noted) {
    return new Act(before, request, List.of(noted));
  }

  private static Request ask(Operation operation, Method method, String last, String document) {
    return registry -> registry.asks(operation, method, last, document);
  }

  private static Request nothing() {
    return registry -> {};
  }

  /** Everything that changes something for people, and not only for the registry itself. */
  private static List<Act> acts(Operation operation) {
    return switch (operation) {
      case PING,
          LIST_CATALOG,
          LIST_TAGS,
          LIST_REFERRERS,
          HEAD_MANIFEST,
          GET_MANIFEST,
          HEAD_BLOB,
          GET_BLOB,
          UPLOAD_STATUS,
          STATUS,
          EXPLAIN_ACCESS,
          AUDIT,
          READ_CHECK,
          LIST_TAG_HISTORY,
          LIST_PULLS,
          SHOW_COLLECTION,
          LIST_TRASH ->
          List.of();
      case START_UPLOAD, APPEND_CHUNK, FINISH_UPLOAD, CANCEL_UPLOAD, ISSUE_TOKEN -> List.of();
      case PUT_MANIFEST -> List.of(act(nothing(), PUSH, "push"));
      case DELETE_MANIFEST ->
          List.of(act(PUSH, UNTAG, "delete tag"), act(PUSH, DELETE, "delete manifest"));
      case DELETE_BLOB -> List.of(act(AuditedRegistry::uploads, DELETE_LAYER, "delete blob"));
      case DELETE_REPOSITORY ->
          List.of(act(PUSH, DELETE_ALL, "delete manifest", "delete repository"));
      case USERS -> users();
      case ROBOTS -> robots();
      case GROUPS -> groups();
      case GRANTS -> grants();
      case IMMUTABILITY -> rules();
      case RESTORE_TAG ->
          List.of(act(PUSH.then(UNTAG), documents(operation, "tag", "v1"), "restore tag"));
      case UNDELETE -> undeletions();
      case COLLECT ->
          List.of(
              act(
                  AuditedRegistry::standsStill,
                  documents(operation, "action", "acknowledge"),
                  "acknowledge collection"));
      case START_CHECK ->
          List.of(
              act(nothing(), documents(operation, "mode", "repair"), "repair registry"),
              act(nothing(), documents(operation, "mode", "rebuild"), "rebuild registry"));
    };
  }

  private static Request documents(Operation operation, String property, String text) {
    return ask(operation, Method.POST, "", "{\"%s\": \"%s\"}".formatted(property, text));
  }

  private static List<Act> undeletions() {
    var manifest = documents(Operation.UNDELETE, "digest", AuditedRegistry.DIGEST);
    var repository = ask(Operation.UNDELETE, Method.POST, "", "{}");
    return List.of(
        act(PUSH.then(DELETE), manifest, "undelete manifest", "undelete tag"),
        act(
            PUSH.then(DELETE_ALL),
            repository,
            "undelete manifest",
            "undelete tag",
            "undelete repository"));
  }

  private static List<Act> users() {
    return List.of(
        act(nothing(), USER, "add user"),
        act(USER, USER, "set password"),
        act(USER, ask(Operation.USERS, Method.PATCH, "bob", OFF), "disable user"));
  }

  private static List<Act> robots() {
    var made = ask(Operation.ROBOTS, Method.POST, "ci", "{\"rotate\": false}");
    var rotated = ask(Operation.ROBOTS, Method.POST, "ci", "{\"rotate\": true}");
    return List.of(
        act(nothing(), made, "add robot"),
        act(made, rotated, "rotate robot"),
        act(made, ask(Operation.ROBOTS, Method.PATCH, "ci", OFF), "disable robot"));
  }

  private static List<Act> groups() {
    var made = ask(Operation.GROUPS, Method.PUT, "team", "{}");
    var member = ask(Operation.GROUPS, Method.PATCH, "team", "{\"add\": [\"bob\"]}");
    return List.of(
        act(nothing(), made, "add group"),
        act(made.then(USER), member, "add member"),
        act(
            made.then(USER).then(member),
            ask(Operation.GROUPS, Method.PATCH, "team", "{\"remove\": [\"bob\"]}"),
            "remove member"));
  }

  private static List<Act> grants() {
    var grant = "{\"role\": \"reader\", \"repository\": \"team/*\"}";
    var granted = ask(Operation.GRANTS, Method.POST, "bob", grant);
    return List.of(
        act(USER, granted, "grant"), act(USER.then(granted), r -> r.revokes("bob"), "revoke"));
  }

  private static List<Act> rules() {
    var made = ask(Operation.IMMUTABILITY, Method.POST, "", "{\"repository\": \"*\"}");
    return List.of(
        act(nothing(), made, "add immutable tags"),
        act(made, AuditedRegistry::removesRule, "remove immutable tags"));
  }

  static Stream<Arguments> everyAct() {
    return Stream.of(Operation.values())
        .flatMap(operation -> acts(operation).stream().map(act -> Arguments.of(operation, act)));
  }

  @ParameterizedTest
  @EnumSource
  void isNotedIfItTakesMoreThanALook(Operation operation) {
    boolean onlyLooks = Set.of(Method.GET, Method.HEAD).containsAll(operation.methods());

    assertThat(acts(operation).isEmpty()).isEqualTo(onlyLooks || NOT_NOTED.contains(operation));
  }

  private static AuditedRegistry begun(Act act) {
    var registry = new AuditedRegistry();
    act.before().of(registry);
    registry.begins();
    return registry;
  }

  @ParameterizedTest
  @MethodSource("everyAct")
  void isNotedWithItsChange(Operation operation, Act act) {
    var done = begun(act);
    act.request().of(done);
    assertThat(done.noted()).containsExactlyInAnyOrderElementsOf(act.noted());
    int calls = done.calls();

    for (int call = 0; call < calls; call++) {
      for (var when : When.values()) {
        var registry = begun(act);
        var before = registry.state();
        registry.diesAt(call, when);
        act.request().of(registry);
        var noted = registry.noted();
        if (registry.state().equals(done.state())) {
          assertThat(noted).as("%s call %s", when, call).hasSameSizeAs(act.noted());
        }
        if (!noted.isEmpty()) {
          assertThat(registry.state()).as("%s call %s", when, call).isNotEqualTo(before);
        }
      }
    }
  }
}
