package dev.roadstead.docs;

import static java.util.stream.Collectors.joining;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeRequest;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Job;
import dev.roadstead.route.Limits;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoutesPageTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final LocationKeys KEYS =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private static final Instant NOW = Instant.EPOCH;

  private static final OptionalLong SHORT = OptionalLong.of(Limits.FUNCTION_BODY_BYTES);
  private static final OptionalLong LONG = OptionalLong.of(Limits.DIRECT_PUT_BYTES);
  private static final OptionalLong LONGER = OptionalLong.of(Limits.DIRECT_PUT_BYTES + 1);
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  /** A request that carries a blob or a part of one. */
  private record Upload(
      String name, String method, String path, Optional<HashAlgorithm> algorithm) {}

  private static final List<Upload> UPLOADS =
      List.of(
          upload("`POST …/blobs/uploads/?digest=`", "POST", "", HashAlgorithm.SHA256),
          new Upload("`PATCH <location>`", "PATCH", location(Phase.FRESH), Optional.empty()),
          upload(
              "first `PUT <location>?digest=sha256:…`",
              "PUT",
              location(Phase.FRESH),
              HashAlgorithm.SHA256),
          upload(
              "first `PUT <location>?digest=sha512:…`",
              "PUT",
              location(Phase.FRESH),
              HashAlgorithm.SHA512),
          upload(
              "`PUT <location>?digest=…` after chunks",
              "PUT",
              location(Phase.CHUNKED),
              HashAlgorithm.SHA256));

  private static Upload upload(
      String name, String method, String location, HashAlgorithm algorithm) {
    return new Upload(name, method, location, Optional.of(algorithm));
  }

  private static String location(Phase phase) {
    var session = new SessionId(new UUID(0, 0));
    return KEYS.sign(new UploadLocation(REPOSITORY, session, phase, NOW.getEpochSecond()));
  }

  @Test
  void listsEveryOperationAndWhereEveryBodyGoes() throws IOException {
    new GeneratedPage()
        .add("# Routes")
        .add(
            """
            Made from [`Operation`](../shared-model/src/main/java/dev/roadstead/route/Operation.java)
            and [`EdgeRouter`](../shared-model/src/main/java/dev/roadstead/route/EdgeRouter.java) by
            `RoutesPageTest`; not written by hand.
            """)
        .add("## Operations")
        .add(
            """
            One operation is one function. The right is what the operation asks `Decision` for before
            it touches a store; everything is allowed until there are accounts. Besides the errors
            named here every operation may answer 401, 429 and 5xx; [errors](errors.md) has them all.
            """)
        .table(
            List.of("operation", "method", "address", "right", "body", "errors"),
            Arrays.stream(Operation.values()).map(RoutesPageTest::operation).toList())
        .add("## Jobs")
        .add(
            """
            A job is a function too, begun by an event or a schedule
            ([`Job`](../shared-model/src/main/java/dev/roadstead/route/Job.java)). It may come twice,
            late or never, and be cut off anywhere.
            """)
        .table(
            List.of("job", "begun by", "at most"),
            Arrays.stream(Job.values()).map(RoutesPageTest::job).toList())
        .add("## Where the bytes of a blob go")
        .add(
            """
            A body of up to 4,500,000 bytes (`Limits.FUNCTION_BODY_BYTES`) fits into a function. What
            is longer goes past the functions: straight into the object store where that can check the
            digest by itself, else through the relay. The columns are the length of the body.
            """)
        .add("With a relay:")
        .table(head(), rows(true))
        .add("Without one:")
        .table(head(), rows(false))
        .check("routes.md");
  }

  private static List<String> operation(Operation operation) {
    return List.of(
        "`" + operation.functionName() + "`",
        operation.methods().stream().sorted().map(Enum::name).collect(joining(", ")),
        "`" + operation.place().template() + "`",
        operation.action().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        switch (operation.body()) {
          case NONE -> "–";
          case MANIFEST -> "manifest";
          case BLOB -> "blob, or a part of one";
          case DOCUMENT -> "JSON object";
          case FORM -> "form";
        },
        operation.errors().isEmpty()
            ? "–"
            : operation.errors().stream()
                .sorted(
                    Comparator.comparing(ErrorCode::specCode).thenComparingInt(ErrorCode::status))
                .map(error -> "`" + error.specCode() + "` " + error.status())
                .collect(joining(", ")));
  }

  private static List<String> job(Job job) {
    return List.of(
        "`" + job.functionName() + "`",
        job.triggers().stream().sorted().map(RoutesPageTest::trigger).collect(joining(", ")),
        job.timeLimit().toSeconds() + " s");
  }

  private static String trigger(Job.Trigger trigger) {
    return switch (trigger) {
      case OBJECT_CREATED -> "a direct PUT that arrived in the bucket";
      case LOGGED -> "lines in the log of a function";
      case SCHEDULE -> "a schedule";
      case DEPLOYMENT -> "a deployment";
      case ANONYMOUS_CHANGED -> "a grant to anonymous";
      case OPERATOR -> "the operator";
    };
  }

  private static List<String> head() {
    return List.of("request", "up to 4,500,000 bytes", "up to 5 GiB", "over 5 GiB", "not known");
  }

  private static List<List<String>> rows(boolean relay) {
    return UPLOADS.stream()
        .map(
            upload ->
                List.of(
                    upload.name(),
                    goesTo(upload, SHORT, relay),
                    goesTo(upload, LONG, relay),
                    goesTo(upload, LONGER, relay),
                    goesTo(upload, UNKNOWN, relay)))
        .toList();
  }

  private static String goesTo(Upload upload, OptionalLong bodyBytes, boolean relay) {
    var router = new EdgeRouter(new EdgeRouter.Ways(relay, true), KEYS, () -> NOW);
    var path = "/v2/" + REPOSITORY + "/blobs/uploads/" + upload.path();
    var digest = upload.algorithm().map(a -> Digest.of(a, new byte[0]).toString());
    return switch (router.route(new EdgeRequest(upload.method(), path, digest, bodyBytes))) {
      case Destination.Function(var operation, var address) ->
          "`" + operation.functionName() + "`" + (bodyBytes.isEmpty() ? ", up to the limit" : "");
      case Destination.DirectPut direct -> "**straight into the object store**";
      case Destination.Relay way -> "relay";
      case Destination.Refusal(var reason) -> "refused: " + reason.status();
    };
  }
}
