package dev.roadstead.pause.image;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pause image for several platforms (OCI image spec 1.1). Its bytes depend on the recipe and
 * nothing else: no clock, no compressor, no order of a hash table.
 *
 * @param index names the platforms' manifests; once it can be pulled the whole image is there, so
 *     it has to be stored last
 */
public record PauseImage(Content index, List<PlatformImage> images) {

  /**
   * The image of one platform.
   *
   * @param binary the file {@code /pause}, as it stands in the layer
   */
  public record PlatformImage(
      Platform platform, Content manifest, Content config, Content layer, Content binary) {

    /** What a node of this platform pulls, in bytes. */
    public int sizeBytes() {
      return manifest.sizeBytes() + config.sizeBytes() + layer.sizeBytes();
    }
  }

  private static final MediaType CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
  private static final MediaType LAYER =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
  private static final MediaType EXECUTABLE = new MediaType("application/octet-stream");

  /** Some tools cannot do without a time; this one is no claim about when the image was made. */
  private static final String CREATED = "1970-01-01T00:00:00Z";

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies the list. */
  public PauseImage {
    images = List.copyOf(images);
  }

  /** Makes the image. */
  public static PauseImage of(Recipe recipe) {
    var annotations = with(standardTexts(recipe.version()), recipe.annotations());
    var images =
        recipe.platforms().stream().map(platform -> image(recipe, platform, annotations)).toList();
    return new PauseImage(index(images, annotations), images);
  }

  /** Everything the index leads to, in an order in which each item comes after what it names. */
  public Stream<Content> contents() {
    return Stream.concat(
        images.stream()
            .flatMap(image -> Stream.of(image.layer(), image.config(), image.manifest())),
        Stream.of(index));
  }

  private static PlatformImage image(
      Recipe recipe, Platform platform, Map<String, String> annotations) {
    var binary = platform.binary().pauseBinary("v" + recipe.version());
    var archive = TarFile.of(binary);
    var layer = new Content(LAYER, GzipFile.of(archive));
    var config = config(recipe, platform, Digest.sha256(archive));
    var manifest = manifest(config, layer, annotations);
    return new PlatformImage(platform, manifest, config, layer, new Content(EXECUTABLE, binary));
  }

  private static Content config(Recipe recipe, Platform platform, Digest archive) {
    var document = JSON.createObjectNode();
    document.put("created", CREATED);
    putPlatform(document, platform);
    var config = document.putObject("config");
    config.put("User", recipe.user().text());
    config.putArray("Entrypoint").add("/pause");
    put(config, "Labels", with(standardTexts(recipe.version()), recipe.labels()));
    var layers = document.putObject("rootfs");
    layers.put("type", "layers");
    layers.putArray("diff_ids").add(archive.toString());
    return new Content(CONFIG, JSON.writeValueAsBytes(document));
  }

  private static Content manifest(Content config, Content layer, Map<String, String> annotations) {
    var document = document(MediaType.OCI_MANIFEST);
    document.set("config", config.descriptor());
    document.putArray("layers").add(layer.descriptor());
    put(document, "annotations", annotations);
    return new Content(MediaType.OCI_MANIFEST, JSON.writeValueAsBytes(document));
  }

  private static Content index(List<PlatformImage> images, Map<String, String> annotations) {
    var document = document(MediaType.OCI_INDEX);
    var manifests = document.putArray("manifests");
    for (var image : images) {
      var descriptor = image.manifest().descriptor();
      putPlatform(descriptor.putObject("platform"), image.platform());
      manifests.add(descriptor);
    }
    put(document, "annotations", annotations);
    return new Content(MediaType.OCI_INDEX, JSON.writeValueAsBytes(document));
  }

  private static ObjectNode document(MediaType mediaType) {
    return JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType.text());
  }

  private static void putPlatform(ObjectNode node, Platform platform) {
    node.put("architecture", platform.architecture()).put("os", Platform.OS);
    if (!platform.variant().isEmpty()) {
      node.put("variant", platform.variant());
    }
  }

  private static void put(ObjectNode node, String name, Map<String, String> texts) {
    var object = node.putObject(name);
    texts.forEach(object::put);
  }

  /** Names from the image spec, "Pre-Defined Annotation Keys". */
  private static Map<String, String> standardTexts(PauseVersion version) {
    return Map.of(
        "org.opencontainers.image.title", "pause",
        "org.opencontainers.image.description", "Holds the namespaces of a Kubernetes pod",
        "org.opencontainers.image.licenses", "Apache-2.0",
        "org.opencontainers.image.version", version.text());
  }

  /** Sorted by name, so that the same texts give the same bytes. */
  private static Map<String, String> with(
      Map<String, String> standard, Map<String, String> additional) {
    var all = new TreeMap<>(standard);
    all.putAll(additional);
    return all;
  }
}
