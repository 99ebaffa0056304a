package dev.roadstead.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Address.Place;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AddressTest {
  /** Words that names may be made of and that paths are made of too. */
  private static final List<String> WORDS =
      List.of("blobs", "uploads", "manifests", "tags", "list", "referrers", "v2", "a", "b-c.d");

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(5).map(w -> String.join("/", w));
  }

  @Provide
  Arbitrary<String> lasts() {
    return Arbitraries.oneOf(
        Arbitraries.of(WORDS),
        Arbitraries.of("sha256:" + "0".repeat(64), "1.0", "_catalog", "sha256-abc.sig"));
  }

  @Property
  void aManifestIsFoundWhateverItsRepositoryIsCalled(
      @ForAll("names") String name, @ForAll("lasts") String reference) {
    isFound("/v2/" + name + "/manifests/" + reference, Place.MANIFEST, name, reference);
  }

  @Property
  void soIsABlob(@ForAll("names") String name) {
    var digest = "sha256:" + "0".repeat(64);
    isFound("/v2/" + name + "/blobs/" + digest, Place.BLOB, name, digest);
    isFound("/v2/" + name + "/referrers/" + digest, Place.REFERRERS, name, digest);
  }

  @Property
  void soIsAnUpload(@ForAll("names") String name) {
    var location = "00000000-0000-0000-0000-000000000000.AAA";
    isFound("/v2/" + name + "/blobs/uploads/", Place.UPLOADS, name, "");
    isFound("/v2/" + name + "/blobs/uploads", Place.UPLOADS, name, "");
    isFound("/v2/" + name + "/blobs/uploads/" + location, Place.UPLOAD, name, location);
  }

  @Property
  void soIsAListOfTags(@ForAll("names") String name) {
    isFound("/v2/" + name + "/tags/list", Place.TAGS, name, "");
  }

  private static void isFound(String path, Place place, String name, String last) {
    assertThat(new RepositoryName(name).text()).isEqualTo(name);
    assertThat(Address.parse(path)).contains(new Address(place, name, last));
  }

  @Test
  void theBaseAndTheCatalogHaveNoName() {
    assertThat(Address.parse("/v2/")).contains(new Address(Place.BASE, "", ""));
    assertThat(Address.parse("/v2")).contains(new Address(Place.BASE, "", ""));
    assertThat(Address.parse("/v2/_catalog")).contains(new Address(Place.CATALOG, "", ""));
  }

  @Test
  void thereAreNoOthers() {
    for (var path :
        List.of(
            "",
            "/",
            "v2/",
            "/v1/",
            "/v2x",
            "/v2/x",
            "/v2/blobs/x",
            "/v2//blobs/x",
            "/v2/tags/list",
            "/v2/manifests/x",
            "/v2/blobs/uploads/",
            "/v2/blobs/uploads/x",
            "/v2/a/tags",
            "/v2/a/b",
            "/v2/a/tags/list/",
            "/V2/")) {
      assertThat(Address.parse(path)).as(path).isEqualTo(Optional.empty());
    }
  }
}
