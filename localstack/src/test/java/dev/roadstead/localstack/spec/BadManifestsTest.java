package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no manifest, or none that this registry can keep. */
class BadManifestsTest extends BadInputTest {
  private static final int MAX_CHILDREN = 10_000;

  /** What could be pushed; each test makes it wrong in one way. */
  private Manifest image = Manifest.index();

  @BeforeEach
  void pushBlobs() {
    image = repository.newImage();
    keepsWhatIsStored();
  }

  @AfterEach
  void storedNoManifest() {
    repository.get("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    repository.get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[{\"schemaVersion\":2}]",
        "\"text\"",
        "2",
        "{}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"layers\":[]}",
        "{\"schemaVersion\":2",
        "{\"schemaVersion\":2}}",
        "{\"schemaVersion\":2} {\"schemaVersion\":2}",
        "{schemaVersion:2}",
        "{'schemaVersion':2}",
        "{\"schemaVersion\":2,}",
        "{\"schemaVersion\":NaN}",
        "{\"schemaVersion\":02}",
        "{\"schemaVersion\":2}//",
        "\uFEFF{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"a\":\"\t\"}",
        "<html></html>",
      })
  void refusesWhatIsNoManifest(String json) {
    refuses(Manifest.text(Manifest.OCI_IMAGE, json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "0", "-2", "\"2\"", "null", "2.5", "true", "[2]", "4294967298"})
  void refusesAnotherSchemaVersion(String version) {
    var json = image.text().replace("\"schemaVersion\":2", "\"schemaVersion\":" + version);

    refuses(Manifest.text(Manifest.OCI_IMAGE, json));
    refuses(Manifest.text(Manifest.DOCKER_IMAGE, json));
  }

  @Test
  void refusesSchemaVersion1OfDocker() {
    var type = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    refuses(Manifest.text(type, "{\"schemaVersion\":1,\"fsLayers\":[],\"history\":[]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "application/octet-stream", "a", "/"})
  void refusesAnotherContentType(String type) {
    refuses(new Manifest(type, image.bytes()));
    refuses(new Manifest(type, image.without("mediaType").bytes()).with("a", "b"));
  }

  @Test
  void refusesAMediaTypeThatContradictsTheContentType() {
    refuses(new Manifest(Manifest.DOCKER_IMAGE, image.bytes()));
    refuses(new Manifest(Manifest.OCI_INDEX, image.bytes()));
    refuses(image.with("mediaType", 5));
    refuses(image.with("mediaType", List.of(Manifest.OCI_IMAGE)));
  }

  @Test
  void refusesADuplicateName() {
    var doubled = image.text().replaceFirst("\"layers\"", "\"layers\":[],\"layers\"");

    var reply = refuses(Manifest.text(Manifest.OCI_IMAGE, doubled));

    assertThat(reply.errors().getFirst().message()).contains("layers");
    refuses(Manifest.text(Manifest.OCI_IMAGE, doubled.replaceFirst("layers", "lay\\\\u0065rs")));
    refuses(inside(image, "\"a\":{\"b\":[{\"c\":1,\"c\":2}]}"));
  }

  @ParameterizedTest
  @CsvSource({"[, ]", "{\"a\":, }"})
  void refusesDeepNesting(String open, String close) {
    var deep = open.repeat(100) + "1" + close.repeat(100);
    var veryDeep = open.repeat(500_000) + "1" + close.repeat(500_000);

    refuses(inside(image, "\"x\":" + deep));
    refuses(inside(image, "\"x\":" + veryDeep));
    refuses(inside(image, "\"x\":" + open.repeat(500_000)));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (var bytes : new String[] {"\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00c3"}) {
      var latin = inside(image, "\"a\":\"" + bytes + "\"").text();
      refuses(new Manifest(Manifest.OCI_IMAGE, latin.getBytes(StandardCharsets.ISO_8859_1)));
    }
    refuses(new Manifest(Manifest.OCI_IMAGE, image.text().getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void refusesLongNumbers() {
    refuses(inside(image, "\"a\":" + "9".repeat(100_000)));
    refuses(inside(image, "\"a\":1e" + "9".repeat(1_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {4_194_305, 4_400_000, 4_500_001, 10_000_000})
  void refusesAManifestOverTheLimit(int sizeBytes) {
    var filling = sizeBytes - image.with("x", "").bytes().length;
    var large = image.with("x", "x".repeat(filling));
    assertThat(large.bytes()).hasSize(sizeBytes);

    var reply = repository.put("/manifests/v1", large).expectError(413, "SIZE_INVALID");
    assertThat(reply.errors().getFirst().message()).contains("4194304");
    var path = repository.path("/manifests/v1");
    registry.http().stream("PUT", path, large.bytes(), "Content-Type", large.mediaType())
        .expectError(413, "SIZE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "5",
        "{}",
        "[]",
        "\"x\"",
        "{\"mediaType\":\"a/b\",\"digest\":\"sha256:abc\",\"size\":1}",
        "{\"mediaType\":\"a/b\",\"digest\":\"SHA256:DIGEST\",\"size\":1}",
        "{\"mediaType\":\"a/b\",\"digest\":\"../../etc\",\"size\":1}",
        "{\"mediaType\":\"a/b\",\"digest\":null,\"size\":1}",
        "{\"mediaType\":\"a/b\",\"digest\":\"DIGEST\"}",
        "{\"mediaType\":\"a/b\",\"digest\":\"DIGEST\",\"size\":-1}",
        "{\"mediaType\":\"a/b\",\"digest\":\"DIGEST\",\"size\":\"1\"}",
        "{\"mediaType\":\"a/b\",\"digest\":\"DIGEST\",\"size\":1.5}",
        "{\"mediaType\":\"a/b\",\"digest\":\"DIGEST\",\"size\":99999999999999999999}",
        "{\"mediaType\":\"a b\",\"digest\":\"DIGEST\",\"size\":1}",
        "{\"mediaType\":7,\"digest\":\"DIGEST\",\"size\":1}",
        "{\"digest\":\"DIGEST\",\"size\":1}",
      })
  void refusesADescriptorThatIsNone(String descriptor) {
    var hex = Content.ABSENT_DIGEST;
    var json =
        descriptor.replace("SHA256:DIGEST", "sha256:" + "A".repeat(64)).replace("DIGEST", hex);

    refuses(inside(image.without("config"), "\"config\":" + json));
    refuses(inside(image.without("layers"), "\"layers\":[" + json + "]"));
    refuses(inside(image.without("layers"), "\"layers\":" + json.replaceFirst("^\\[]$", "{}")));
    refuses(inside(Manifest.index().without("manifests"), "\"manifests\":[" + json + "]"));
    if (!json.equals("null")) {
      refuses(inside(image, "\"subject\":" + json));
    }
  }

  @Test
  void refusesAnnotationsThatAreNoTexts() {
    refuses(image.with("annotations", Map.of("a", 1)));
    refuses(image.with("annotations", Map.of("a", Map.of())));
    refuses(image.with("annotations", List.of("a")));
    refuses(image.with("annotations", "a"));
    refuses(image.with("artifactType", 1));
  }

  @Test
  void namesEveryMissingChild() {
    var layers = IntStream.range(0, 50).mapToObj(i -> Content.random(10)).toArray(Content[]::new);
    var expected = new ArrayList<String>();
    for (var layer : layers) {
      expected.add("{\"digest\":\"" + layer.digest() + "\"}");
    }
    var config = repository.pushBlob();
    keepsWhatIsStored();

    var reply = repository.put("/manifests/v1", Manifest.image(config, layers));

    reply.expectError(404, "MANIFEST_BLOB_UNKNOWN");
    assertThat(reply.errors())
        .extracting(Reply.Entry::detail)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void refusesMoreChildrenThanOneRecordCanList() {
    var config = repository.pushBlob();
    var layers =
        IntStream.range(0, MAX_CHILDREN).mapToObj(i -> Content.random(10)).toArray(Content[]::new);
    keepsWhatIsStored();

    var reply = refuses(Manifest.image(config, layers));

    assertThat(reply.errors().getFirst().message()).contains("10001", "10000");
  }

  @Test
  void refusesAManifestUnderAnotherDigest() {
    var other = Manifest.image(Content.random(10));

    var reply = repository.put("/manifests/" + other.digest(), image);

    reply.expectError(400, "DIGEST_INVALID");
    assertThat(reply.errors().getFirst().message()).contains(image.digest());
    repository.get("/manifests/" + other.digest()).expectError(404, "MANIFEST_UNKNOWN");
    repository.get("/manifests/" + image.digest()).expectError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void refusesAnIndexThatNamesItself() {
    var loop = Map.of("mediaType", Manifest.OCI_INDEX, "digest", Content.ABSENT_DIGEST, "size", 1);

    repository
        .put("/manifests/v1", Manifest.index().with("manifests", List.of(loop)))
        .expectError(404, "MANIFEST_BLOB_UNKNOWN");
  }

  /** The same with this text as the last property. */
  private static Manifest inside(Manifest manifest, String property) {
    var text = manifest.text();
    return Manifest.text(
        manifest.mediaType(), text.substring(0, text.length() - 1) + "," + property + "}");
  }

  private Reply refuses(Manifest manifest) {
    return repository.put("/manifests/v1", manifest).expectError(400, "MANIFEST_INVALID");
  }
}
