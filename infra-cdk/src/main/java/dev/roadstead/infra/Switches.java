package dev.roadstead.infra;

import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an installation may be told, as the context of {@code cdk.json} has it. Everything is text
 * there, and empty where it is not wanted.
 *
 * @param relay who takes streams that are too long for a function
 * @param directPut whether whole blobs may go straight into the bucket
 * @param reads from where clients get blobs: {@code bucket}, or {@code cdn}
 * @param domain the host name that clients ask for; without one the CDN's own
 * @param requestsPerMinute how often one address may ask; empty without a limit
 * @param webAcl what holds the CDN to that, or a web ACL of one's own
 * @param alarmsTo an e-mail address that hears of alarms
 */
public record Switches(
    Relay relay,
    boolean directPut,
    String reads,
    Optional<Domain> domain,
    OptionalLong requestsPerMinute,
    Optional<String> webAcl,
    Optional<String> alarmsTo) {
  private static final String RELAY = "relay";
  private static final String DIRECT_PUT = "directPut";
  private static final String READS = "reads";
  private static final String BUCKET = "bucket";
  private static final String DOMAIN = "domain";
  private static final String CERTIFICATE = "certificate";
  private static final String RATE_LIMIT = "rateLimit";
  private static final String WEB_ACL = "webAcl";
  private static final String ALARMS_TO = "alarmsTo";

  /** What AWS WAF takes. */
  private static final long MIN_REQUESTS = 10;

  private static final long MAX_REQUESTS = 2_000_000_000;

  /** Every name that a context may have; those of the CDK itself have a colon or a slash. */
  private static final Set<String> NAMES =
      Set.of(RELAY, DIRECT_PUT, READS, DOMAIN, CERTIFICATE, RATE_LIMIT, WEB_ACL, ALARMS_TO);

  /** What holds when nobody says anything. */
  public static final Switches DEFAULTS = of(Map.of());

  /** Refuses what nobody could push a layer to. */
  public Switches {
    if (relay == Relay.NONE && !directPut) {
      throw new IllegalArgumentException(
          "relay none and directPut false cannot be together: no blob of more than %d bytes could be pushed"
              .formatted(Limits.FUNCTION_BODY_BYTES));
    }
  }

  /** Who takes streams. */
  public enum Relay {
    /** Nobody: clients that send them are refused. */
    NONE,
    /** A machine that is stopped while nobody needs it. */
    WAKE,
    /** A container that is always there. */
    CONTAINER
  }

  /**
   * A host name of one's own.
   *
   * @param certificateArn a certificate of ACM in us-east-1, where the CDN looks for it
   */
  public record Domain(String hostName, String certificateArn) {}

  /**
   * Reads a context.
   *
   * @throws IllegalArgumentException with what is wrong, and what there is instead
   */
  public static Switches of(Map<String, String> context) {
    var unknown = new TreeSet<>(context.keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown switches: %s; there are %s"
              .formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(NAMES))));
    }
    return new Switches(
        relay(context.getOrDefault(RELAY, "wake")),
        isOn(context.getOrDefault(DIRECT_PUT, "true")),
        reads(context.getOrDefault(READS, BUCKET)),
        domain(text(context, DOMAIN), text(context, CERTIFICATE)),
        rateLimit(text(context, RATE_LIMIT)),
        webAcl(text(context, WEB_ACL)),
        text(context, ALARMS_TO));
  }

  private static Relay relay(String value) {
    return switch (value) {
      case "none" -> Relay.NONE;
      case "wake" -> Relay.WAKE;
      case "container" -> Relay.CONTAINER;
      default ->
          throw new IllegalArgumentException("relay is none, wake or container, not " + value);
    };
  }

  private static String reads(String from) {
    if (!from.equals(BUCKET) && !from.equals("cdn")) {
      throw new IllegalArgumentException("reads is bucket or cdn, not " + from);
    }
    return from;
  }

  private static boolean isOn(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("directPut is true or false, not " + value);
    };
  }

  private static Optional<Domain> domain(Optional<String> hostName, Optional<String> certificate) {
    if (hostName.isPresent() != certificate.isPresent()) {
      throw new IllegalArgumentException("domain and certificate are given both or not at all");
    }
    var wrong = certificate.filter(arn -> !arn.startsWith("arn:aws:acm:us-east-1:"));
    if (wrong.isPresent()) {
      throw new IllegalArgumentException(
          "certificate is the ARN of one in us-east-1, where the CDN looks for it; not "
              + wrong.get());
    }
    return hostName.map(name -> new Domain(name, certificate.orElseThrow()));
  }

  private static OptionalLong rateLimit(Optional<String> requests) {
    if (requests.isEmpty()) {
      return OptionalLong.empty();
    }
    return requests
        .filter(text -> text.matches("[0-9]{1,10}"))
        .map(Long::parseLong)
        .filter(perMinute -> perMinute >= MIN_REQUESTS && perMinute <= MAX_REQUESTS)
        .map(OptionalLong::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "rateLimit is how many requests one address may make in a minute, from %d to"
                            .formatted(MIN_REQUESTS)
                        + " %d; not %s".formatted(MAX_REQUESTS, requests.get())));
  }

  private static Optional<String> webAcl(Optional<String> arn) {
    var wrong = arn.filter(it -> !it.matches("arn:aws:wafv2:us-east-1:\\d{12}:global/webacl/.+"));
    if (wrong.isPresent()) {
      throw new IllegalArgumentException(
          "webAcl is the ARN of one for CloudFront, arn:aws:wafv2:us-east-1:...:global/webacl/...;"
              + " not "
              + wrong.get());
    }
    return arn;
  }

  private static Optional<String> text(Map<String, String> context, String name) {
    return Optional.ofNullable(context.get(name)).filter(value -> !value.isEmpty());
  }

  /** Which ways past the functions there are. */
  public Ways ways() {
    return new Ways(relay != Relay.NONE, directPut);
  }
}
