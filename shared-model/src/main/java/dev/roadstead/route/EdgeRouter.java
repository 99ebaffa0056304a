package dev.roadstead.route;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.route.Destination.Function;
import dev.roadstead.route.Destination.Refusal;
import dev.roadstead.route.Destination.Relay;
import dev.roadstead.route.UploadLocation.Phase;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The edge rules: a total function from what a request's first lines say to where it goes. Bodies
 * up to {@link Limits#FUNCTION_BODY_BYTES} go to functions; longer ones never do.
 */
public final class EdgeRouter {
  private final Ways ways;
  private final LocationKeys locationKeys;
  private final InstantSource clock;
  private final Optional<EdgeGate> gate;

  /**
   * Which ways past the functions this installation has.
   *
   * @param relay whether there is a relay for streams
   * @param directPut whether whole blobs may go straight to the object store
   */
  public record Ways(boolean relay, boolean directPut) {}

  /** A router for an installation that has these ways. */
  public EdgeRouter(Ways ways, LocationKeys locationKeys, InstantSource clock) {
    this(ways, locationKeys, clock, Optional.empty());
  }

  /** A router for an installation that has accounts, with a gate, or that has none. */
  public EdgeRouter(
      Ways ways, LocationKeys locationKeys, InstantSource clock, Optional<EdgeGate> gate) {
    this.ways = ways;
    this.locationKeys = locationKeys;
    this.clock = clock;
    this.gate = gate;
  }

  /** Decides; never throws. */
  public Destination route(EdgeRequest request) {
    try {
      return decide(request);
    } catch (RegistryException reason) {
      return new Refusal(reason);
    }
  }

  /** What the answer 401 of a function has to say in {@code WWW-Authenticate}. */
  public Optional<String> challenge(EdgeRequest request, Operation operation, Address address) {
    if (address.place().isAdministration()) {
      return Optional.of(EdgeGate.BASIC);
    }
    return gate.map(keeper -> keeper.header(request, operation, address, "invalid_token"));
  }

  private Destination decide(EdgeRequest request) {
    var address = Address.parse(request.path()).orElseThrow(ErrorCode.PATH_UNKNOWN::raise);
    var operation =
        Method.named(request.method())
            .flatMap(method -> Operation.at(address.place(), method))
            .orElseThrow(() -> notAllowed(address));
    gate.ifPresent(keeper -> keeper.check(request, operation, address));
    if (request.fits(Limits.FUNCTION_BODY_BYTES)) {
      return new Function(operation, address);
    }
    if (operation == Operation.FINISH_UPLOAD) {
      return longPut(request, address);
    }
    boolean streams =
        operation == Operation.APPEND_CHUNK
            || (operation == Operation.START_UPLOAD && request.digest().isPresent());
    return streams ? stream(request, operation, address) : toFunction(request, operation, address);
  }

  private static RegistryException notAllowed(Address address) {
    var allowed =
        Operation.methodsAt(address.place()).stream()
            .map(Method::name)
            .collect(Collectors.joining(", "));
    return ErrorCode.METHOD_UNSUPPORTED
        .about(address.place().template() + " takes " + allowed)
        .with("Allow", allowed);
  }

  /** A PUT too long for a function: past everything if S3 can check it, else through the relay. */
  private Destination longPut(EdgeRequest request, Address address) {
    var location =
        locationKeys
            .verify(repository(address), address.last())
            .orElseThrow(ErrorCode.BLOB_UPLOAD_UNKNOWN::raise);
    var digest = digest(request);
    var direct =
        ways.directPut()
            && location.phase() == Phase.FRESH
            && digest.algorithm() == HashAlgorithm.SHA256
            && request.fits(Limits.DIRECT_PUT_BYTES);
    if (!direct) {
      return stream(request, Operation.FINISH_UPLOAD, address);
    }
    if (clock.instant().getEpochSecond() > location.directUntilSeconds()) {
      throw ErrorCode.BLOB_UPLOAD_UNKNOWN.about(
          "this upload location has expired; start a new upload with POST");
    }
    return new DirectPut(location, digest, request.bodyBytes().getAsLong());
  }

  private Destination stream(EdgeRequest request, Operation operation, Address address) {
    return ways.relay() ? new Relay(operation, address) : toFunction(request, operation, address);
  }

  private static Destination toFunction(EdgeRequest request, Operation operation, Address address) {
    if (request.bodyBytes().isPresent()) {
      throw tooLong(operation);
    }
    return new Function(operation, address);
  }

  /** What a client is told whose body is longer than a function takes. */
  public static RegistryException tooLong(Operation operation) {
    return ErrorCode.CONTENT_TOO_LARGE.about(
        switch (operation.body()) {
          case BLOB ->
              "a request may carry "
                  + Limits.FUNCTION_BODY_BYTES
                  + " bytes here, because this registry runs without a relay; push with Docker 29"
                  + " or newer, buildx or containerd, send smaller chunks, or ask the operator to"
                  + " switch the relay on";
          case MANIFEST -> "a manifest has at most " + Limits.MANIFEST_BYTES + " bytes";
          case DOCUMENT, FORM -> "a document has at most " + Limits.DOCUMENT_BYTES + " bytes";
          case NONE -> "this request takes no body";
        });
  }

  private static RepositoryName repository(Address address) {
    try {
      return new RepositoryName(address.name());
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.NAME_INVALID.about(String.valueOf(wrong.getMessage()));
    }
  }

  private static Digest digest(EdgeRequest request) {
    var text =
        request
            .digest()
            .orElseThrow(
                () -> ErrorCode.DIGEST_INVALID.about("end an upload with PUT <location>?digest="));
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.DIGEST_INVALID.about(String.valueOf(wrong.getMessage()));
    }
  }
}
