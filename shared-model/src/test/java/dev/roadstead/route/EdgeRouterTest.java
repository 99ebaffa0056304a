package dev.roadstead.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.route.Destination.Function;
import dev.roadstead.route.Destination.Refusal;
import dev.roadstead.route.Destination.Relay;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.UploadLocation.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Where the edge sends requests: the route table of the design, and nothing but it. */
class EdgeRouterTest {
  private static final long LIMIT = Limits.FUNCTION_BODY_BYTES;
  private static final long LONG = LIMIT + 1;
  private static final long TOO_LONG = Limits.DIRECT_PUT_BYTES + 1;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final RepositoryName APP = new RepositoryName("library/app");
  private static final LocationKeys KEYS =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private static final Digest SHA256 = Digest.sha256(new byte[0]);
  private static final Digest SHA512 = Digest.of(HashAlgorithm.SHA512, new byte[0]);
  private static final String UPLOADS = "/v2/library/app/blobs/uploads/";

  private static String location(Phase phase, long directUntilSeconds) {
    var session = new SessionId(new UUID(1, 2));
    return UPLOADS + KEYS.sign(new UploadLocation(APP, session, phase, directUntilSeconds));
  }

  private static final String FRESH = location(Phase.FRESH, NOW.getEpochSecond());
  private static final String CHUNKED = location(Phase.CHUNKED, NOW.getEpochSecond());
  private static final String EXPIRED = location(Phase.FRESH, NOW.getEpochSecond() - 1);

  private static Destination route(
      boolean relay, String method, String path, Optional<Digest> digest, long bodyBytes) {
    var length = bodyBytes < 0 ? OptionalLong.empty() : OptionalLong.of(bodyBytes);
    return new EdgeRouter(new Ways(relay, true), KEYS, () -> NOW)
        .route(new EdgeRequest(method, path, digest.map(Digest::toString), length));
  }

  private static void goesTo(Class<?> place, Destination destination) {
    assertThat(destination).isInstanceOf(place);
  }

  private static void isRefused(int status, Destination destination) {
    assertThat(destination).isInstanceOf(Refusal.class);
    assertThat(((Refusal) destination).reason().status()).isEqualTo(status);
  }

  @Test
  void wholePuts() {
    var digest = Optional.of(SHA256);
    goesTo(Function.class, route(true, "PUT", FRESH, digest, LIMIT));
    goesTo(DirectPut.class, route(true, "PUT", FRESH, digest, LONG));
    goesTo(DirectPut.class, route(false, "PUT", FRESH, digest, Limits.DIRECT_PUT_BYTES));
    goesTo(Relay.class, route(true, "PUT", FRESH, digest, TOO_LONG));
    goesTo(Relay.class, route(true, "PUT", FRESH, digest, -1));
    goesTo(Relay.class, route(true, "PUT", FRESH, Optional.of(SHA512), LONG));
    isRefused(413, route(false, "PUT", FRESH, digest, TOO_LONG));
    isRefused(413, route(false, "PUT", FRESH, Optional.of(SHA512), LONG));
    goesTo(Function.class, route(false, "PUT", FRESH, digest, -1));
    isRefused(404, route(true, "PUT", EXPIRED, digest, LONG));
    isRefused(400, route(true, "PUT", FRESH, Optional.empty(), LONG));
    isRefused(404, route(true, "PUT", FRESH + "A", digest, LONG));
  }

  @Test
  void putsThatCloseAChunkedUpload() {
    var digest = Optional.of(SHA256);
    goesTo(Function.class, route(true, "PUT", CHUNKED, digest, 0));
    goesTo(Function.class, route(true, "PUT", CHUNKED, digest, LIMIT));
    goesTo(Relay.class, route(true, "PUT", CHUNKED, digest, LONG));
    isRefused(413, route(false, "PUT", CHUNKED, digest, LONG));
  }

  @Test
  void patches() {
    goesTo(Function.class, route(true, "PATCH", FRESH, Optional.empty(), LIMIT));
    goesTo(Relay.class, route(true, "PATCH", FRESH, Optional.empty(), LONG));
    goesTo(Relay.class, route(true, "PATCH", CHUNKED, Optional.empty(), -1));
    isRefused(413, route(false, "PATCH", FRESH, Optional.empty(), LONG));
    goesTo(Function.class, route(false, "PATCH", FRESH, Optional.empty(), -1));
  }

  @Test
  void posts() {
    goesTo(Function.class, route(true, "POST", UPLOADS, Optional.empty(), 0));
    goesTo(Function.class, route(true, "POST", UPLOADS, Optional.of(SHA256), LIMIT));
    goesTo(Relay.class, route(true, "POST", UPLOADS, Optional.of(SHA256), LONG));
    goesTo(Relay.class, route(true, "POST", UPLOADS, Optional.of(SHA256), -1));
    isRefused(413, route(false, "POST", UPLOADS, Optional.of(SHA256), LONG));
    isRefused(413, route(true, "POST", UPLOADS, Optional.empty(), LONG));
  }

  @Test
  void everythingElse() {
    goesTo(Function.class, route(true, "GET", "/v2/", Optional.empty(), 0));
    goesTo(Function.class, route(true, "PUT", "/v2/a/manifests/1", Optional.empty(), -1));
    isRefused(413, route(true, "PUT", "/v2/a/manifests/1", Optional.empty(), LONG));
    isRefused(413, route(true, "GET", "/v2/a/manifests/1", Optional.empty(), LONG));
    isRefused(404, route(true, "GET", "/v2/a", Optional.empty(), 0));
  }

  @Test
  void unknownMethodsAreToldTheKnownOnes() {
    var refusal = route(true, "TRACE", UPLOADS + "x", Optional.empty(), 0);
    isRefused(405, refusal);
    assertThat(((Refusal) refusal).reason().headers())
        .containsEntry("Allow", "GET, PUT, PATCH, DELETE");
    isRefused(405, route(true, "get", "/v2/", Optional.empty(), 0));
    isRefused(405, route(true, "PATCH", "/v2/a/manifests/1", Optional.empty(), 0));
  }

  @Test
  void withoutDirectPutsLongOnesGoThroughTheRelay() {
    var router = new EdgeRouter(new Ways(true, false), KEYS, () -> NOW);
    var request =
        new EdgeRequest("PUT", FRESH, Optional.of(SHA256.toString()), OptionalLong.of(LONG));
    goesTo(Relay.class, router.route(request));
  }

  @Provide
  Arbitrary<EdgeRequest> requests() {
    var methods =
        Arbitraries.oneOf(
            Arbitraries.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "put", ""),
            Arbitraries.strings());
    var paths =
        Arbitraries.oneOf(
            Arbitraries.of(
                FRESH,
                CHUNKED,
                EXPIRED,
                UPLOADS,
                FRESH + "A",
                "/v2/",
                "/v2/_catalog",
                "/v2/A/blobs/x",
                "/v2/a/manifests/latest",
                "/v2/a/blobs/" + SHA256,
                "/v2/a/tags/list",
                "/v2/../x"),
            Arbitraries.strings(),
            Arbitraries.strings().map(end -> UPLOADS + end),
            Arbitraries.strings().map(name -> "/v2/" + name + "/blobs/uploads/x"));
    var digests =
        Arbitraries.oneOf(
                Arbitraries.of(SHA256.toString(), SHA512.toString(), "", "sha256:"),
                Arbitraries.strings())
            .optional();
    var lengths =
        Arbitraries.oneOf(
                Arbitraries.of(
                    0L, 1L, LIMIT, LONG, Limits.DIRECT_PUT_BYTES, TOO_LONG, Long.MAX_VALUE),
                Arbitraries.longs().greaterOrEqual(0))
            .optional()
            .map(length -> length.map(OptionalLong::of).orElse(OptionalLong.empty()));
    return Combinators.combine(methods, paths, digests, lengths).as(EdgeRequest::new);
  }

  @Property(tries = 5000)
  void everyRequestGoesSomewhereAndNoLongBodyToAFunction(
      @ForAll("requests") EdgeRequest request, @ForAll boolean relay, @ForAll boolean direct) {
    var router = new EdgeRouter(new Ways(relay, direct), KEYS, () -> NOW);
    switch (router.route(request)) {
      case Function function ->
          assertThat(request.bodyBytes().orElse(0)).isLessThanOrEqualTo(LIMIT);
      case Relay relayed -> {
        assertThat(relay).isTrue();
        assertThat(relayed.operation().body()).isEqualTo(Operation.Body.BLOB);
      }
      case DirectPut(UploadLocation location, Digest digest, long sizeBytes) -> {
        assertThat(direct).isTrue();
        assertThat(location.phase()).isEqualTo(Phase.FRESH);
        assertThat(digest.algorithm()).isEqualTo(HashAlgorithm.SHA256);
        assertThat(request.bodyBytes()).hasValue(sizeBytes);
        assertThat(sizeBytes).isBetween(LONG, Limits.DIRECT_PUT_BYTES);
      }
      case Refusal(var reason) -> assertThat(reason.status()).isIn(400, 404, 405, 413);
    }
  }
}
