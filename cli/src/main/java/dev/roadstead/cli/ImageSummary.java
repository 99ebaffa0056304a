package dev.roadstead.cli;

import dev.roadstead.client.ImageName;
import dev.roadstead.client.PulledManifest;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.document.ManifestDocument;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry has under an image's name.
 *
 * @param version as the image's annotations give it
 */
record ImageSummary(
    MediaType mediaType,
    Digest digest,
    long sizeBytes,
    Optional<String> version,
    List<PlatformSummary> platforms) {

  /**
   * The image of one platform.
   *
   * @param platform for example {@code linux/arm/v7}, for Windows with the version behind it
   * @param sizeBytes what is pulled: manifest, configuration, layers
   */
  record PlatformSummary(String platform, Digest manifest, long sizeBytes) {}

  /** The official image has eight; more than this is no image that somebody runs. */
  private static final int MAX_PLATFORMS = 100;

  private static final int MAX_CONFIG_BYTES = 1 << 20;
  private static final String VERSION = "org.opencontainers.image.version";
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the manifests, and a configuration if there is no index to tell the platform. */
  static ImageSummary read(ImageName name, RegistryClient registry) throws IOException {
    var pulled = registry.pullManifest(name.repository(), name.reference());
    var document = ManifestReader.read(Optional.of(pulled.mediaType().text()), pulled.bytes());
    var platforms =
        pulled.mediaType().isIndex()
            ? platforms(pulled, name.repository(), registry)
            : List.of(onlyPlatform(pulled, document, name.repository(), registry));
    return new ImageSummary(
        pulled.mediaType(),
        pulled.digest(),
        pulled.bytes().length,
        Optional.ofNullable(document.annotations().get(VERSION)),
        platforms);
  }

  private static List<PlatformSummary> platforms(
      PulledManifest index, RepositoryName repository, RegistryClient registry) throws IOException {
    var entries = json(index.bytes()).path("manifests");
    if (entries.size() > MAX_PLATFORMS) {
      throw new IOException("the index names more than " + MAX_PLATFORMS + " manifests");
    }
    var platforms = new ArrayList<PlatformSummary>();
    for (var entry : entries) {
      var digest = Digest.parse(entry.path("digest").asString(""));
      var pulled = registry.pullManifest(repository, digest);
      var document = ManifestReader.read(Optional.of(pulled.mediaType().text()), pulled.bytes());
      platforms.add(
          new PlatformSummary(
              platformName(entry.path("platform")), digest, sizeBytes(pulled, document)));
    }
    return platforms;
  }

  private static PlatformSummary onlyPlatform(
      PulledManifest manifest,
      ManifestDocument document,
      RepositoryName repository,
      RegistryClient registry)
      throws IOException {
    if (document.blobs().isEmpty()) {
      throw new IOException("the manifest names no configuration, so it is no image");
    }
    var config = document.blobs().getFirst().digest();
    var platform = json(registry.pullBlob(repository, config, MAX_CONFIG_BYTES));
    return new PlatformSummary(
        platformName(platform), manifest.digest(), sizeBytes(manifest, document));
  }

  private static long sizeBytes(PulledManifest manifest, ManifestDocument document) {
    return manifest.bytes().length
        + document.blobs().stream().mapToLong(Descriptor::sizeBytes).sum();
  }

  private static String platformName(JsonNode platform) {
    var name =
        Stream.of("os", "architecture", "variant")
            .map(property -> platform.path(property).asString(""))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("/"));
    var osVersion = platform.path("os.version").asString("");
    return osVersion.isEmpty() ? name : name + " " + osVersion;
  }

  private static JsonNode json(byte[] bytes) throws IOException {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new IOException("the registry answered something that is no JSON", e);
    }
  }
}
