package dev.roadstead.route;

import java.util.Optional;

/**
 * A path of the registry API, taken apart from its end, because repository names have slashes too.
 *
 * @param place which kind of address
 * @param name what stands for {@code <name>}; empty where the place has none; not yet checked
 * @param last what stands in the last place: reference, digest or upload location; not yet checked
 */
public record Address(Place place, String name, String last) {

  /** The kinds of address; {@link #template} is how the spec writes them. */
  public enum Place {
    BASE("/v2/"),
    CATALOG("/v2/_catalog"),
    TAGS("/v2/<name>/tags/list"),
    MANIFEST("/v2/<name>/manifests/<reference>"),
    REFERRERS("/v2/<name>/referrers/<digest>"),
    BLOB("/v2/<name>/blobs/<digest>"),
    UPLOADS("/v2/<name>/blobs/uploads/"),
    UPLOAD("/v2/<name>/blobs/uploads/<location>");

    private final String template;

    Place(String template) {
      this.template = template;
    }

    /** The address as the spec writes it. */
    public String template() {
      return template;
    }
  }

  private static final String ROOT = "/v2/";

  /** Takes a decoded path apart; empty when the API has no such address. */
  public static Optional<Address> parse(String path) {
    if (path.equals("/v2") || path.equals(ROOT)) {
      return Optional.of(new Address(Place.BASE, "", ""));
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
