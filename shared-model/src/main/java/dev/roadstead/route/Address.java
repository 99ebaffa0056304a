package dev.roadstead.route;

import java.util.Optional;

/**
 * A path of the API, taken apart. The registry's own paths ({@code /v2/}) are read from their end,
 * because repository names have slashes too; those of administration ({@code /api/v1/}) name a
 * resource, and behind it what the request is about.
 *
 * @param place which kind of address
 * @param name what stands for {@code <name>}; empty where the place has none; not yet checked
 * @param last what stands in the last place, see {@link Place#last}; not yet checked
 */
public record Address(Place place, String name, String last) {

  /** What stands in the last place of an address. */
  public enum Last {
    /** Nothing that varies. */
    NOTHING,
    /** A tag or a digest. */
    REFERENCE,
    /** A digest. */
    DIGEST,
    /** A signed upload location. */
    LOCATION,
    /** What a resource of administration is asked about; may be missing. */
    IDENTITY
  }

  /** The kinds of address; {@link #template} is how the spec writes them. */
  public enum Place {
    BASE("/v2/", Last.NOTHING),
    CATALOG("/v2/_catalog", Last.NOTHING),
    TAGS("/v2/<name>/tags/list", Last.NOTHING),
    MANIFEST("/v2/<name>/manifests/<reference>", Last.REFERENCE),
    REFERRERS("/v2/<name>/referrers/<digest>", Last.DIGEST),
    BLOB("/v2/<name>/blobs/<digest>", Last.DIGEST),
    UPLOADS("/v2/<name>/blobs/uploads/", Last.NOTHING),
    UPLOAD("/v2/<name>/blobs/uploads/<location>", Last.LOCATION),
    TOKEN("/token", Last.NOTHING),
    STATUS("/api/v1/status", Last.NOTHING),
    USERS("/api/v1/users/<account>", Last.IDENTITY),
    ROBOTS("/api/v1/robots/<account>", Last.IDENTITY),
    GROUPS("/api/v1/groups/<account>", Last.IDENTITY),
    GRANTS("/api/v1/grants/<account>", Last.IDENTITY),
    ACCESS("/api/v1/access", Last.NOTHING),
    AUDIT("/api/v1/audit", Last.NOTHING),
    IMMUTABILITY("/api/v1/immutability", Last.NOTHING),
    CHECK("/api/v1/check", Last.NOTHING),
    TAG_HISTORY("/api/v1/history/<name>", Last.NOTHING),
    COLLECTION("/api/v1/collection", Last.NOTHING),
    TRASH("/api/v1/trash/<name>", Last.NOTHING),
    PULLS("/api/v1/pulls/<name>", Last.NOTHING),
    REPOSITORY("/api/v1/repositories/<name>", Last.NOTHING);

    private final String template;
    private final Last last;

    Place(String template, Last last) {
      this.template = template;
      this.last = last;
    }

    /** What stands in its last place. */
    public Last last() {
      return last;
    }

    /** Whether it is a resource of administration, and not of the registry API. */
    public boolean isAdministration() {
      return template.startsWith(ADMINISTRATION);
    }

    /** The part of a resource's template that never varies. */
    private String resource() {
      int variable = template.indexOf("/<");
      return variable < 0 ? template : template.substring(0, variable);
    }

    /** The address as the spec writes it. */
    public String template() {
      return template;
    }
  }

  private static final String ROOT = "/v2/";
  private static final String ADMINISTRATION = "/api/v1/";

  /** Takes a decoded path apart; empty when the API has no such address. */
  public static Optional<Address> parse(String path) {
    if (path.equals("/v2") || path.equals(ROOT)) {
      return Optional.of(new Address(Place.BASE, "", ""));
    }
    if (path.equals(Place.TOKEN.template)) {
      return Optional.of(new Address(Place.TOKEN, "", ""));
    }
    if (path.startsWith(ADMINISTRATION)) {
      return resource(path);
    }
    if (!path.startsWith(ROOT)) {
      return Optional.empty();
    }
    var rest = path.substring(ROOT.length());
    if (rest.equals("_catalog")) {
      return Optional.of(new Address(Place.CATALOG, "", ""));
    }
    int lastSlash = rest.lastIndexOf('/');
    if (lastSlash < 0) {
      return Optional.empty();
    }
    return withName(rest.substring(0, lastSlash), rest.substring(lastSlash + 1))
        .filter(address -> !address.name().isEmpty());
  }

  /** A resource, and behind it a repository, something else, or nothing. */
  private static Optional<Address> resource(String path) {
    for (var place : Place.values()) {
      var resource = place.resource();
      if (!place.isAdministration() || !path.startsWith(resource)) {
        continue;
      }
      var rest = path.substring(resource.length());
      if (rest.isEmpty()) {
        return Optional.of(new Address(place, "", ""));
      }
      if (rest.length() > 1 && rest.startsWith("/") && !place.template().equals(resource)) {
        var about = rest.substring(1);
        return Optional.of(
            place.last() == Last.IDENTITY
                ? new Address(place, "", about)
                : new Address(place, about, ""));
      }
    }
    return Optional.empty();
  }

  private static Optional<Address> withName(String before, String last) {
    if (last.equals("list") && before.endsWith("/tags")) {
      return found(Place.TAGS, before, "/tags", "");
    }
    if (before.endsWith("/blobs/uploads")) {
      return last.isEmpty()
          ? found(Place.UPLOADS, before, "/blobs/uploads", "")
          : found(Place.UPLOAD, before, "/blobs/uploads", last);
    }
    if (before.endsWith("/blobs")) {
      return last.equals("uploads")
          ? found(Place.UPLOADS, before, "/blobs", "")
          : found(Place.BLOB, before, "/blobs", last);
    }
    if (before.endsWith("/manifests")) {
      return found(Place.MANIFEST, before, "/manifests", last);
    }
    if (before.endsWith("/referrers")) {
      return found(Place.REFERRERS, before, "/referrers", last);
    }
    return Optional.empty();
  }

  private static Optional<Address> found(Place place, String before, String end, String last) {
    return Optional.of(
        new Address(place, before.substring(0, before.length() - end.length()), last));
  }
}
