package dev.roadstead.localstack.clients;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image made without any client: one random file per layer, the same bytes whenever the seed and
 * the sizes are the same. Two images of one seed share the layers whose sizes they share.
 *
 * @param name what containerd and podman call it after loading
 * @param layout an OCI image layout
 * @param tar the same files in one archive, which also reads as one of {@code docker save}
 * @param manifest digest of its manifest
 * @param config digest of its configuration, the image id of Docker and podman
 * @param layers digests of its layers as a registry keeps them, gzip
 * @param diffIds digests of its layers as tar archives
 */
record ImageTar(
    String name,
    Path layout,
    Path tar,
    String manifest,
    String config,
    List<String> layers,
    List<String> diffIds) {

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Writes an image below the folder; {@code sizesBytes} are those of the random files. */
  static ImageTar write(Path folder, String seed, int... sizesBytes) {
    try {
      return new Writer(folder.resolve(seed)).write(seed, sizesBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client that keeps an image as it is must give back. */
  List<String> blobs() {
    return Stream.concat(Stream.of(manifest, config), layers.stream()).toList();
  }

  /** What a client that unpacks layers, and writes a manifest of its own, must give back. */
  List<String> unpacked() {
    return Stream.concat(Stream.of(config), diffIds.stream()).toList();
  }

  private record Blob(String digest, long sizeBytes) {
    String path() {
      return "blobs/" + digest.replace(':', '/');
    }

    String descriptor(String mediaType) {
      return """
          {"mediaType":"%s","digest":"%s","size":%d}"""
          .formatted(mediaType, digest, sizeBytes);
    }
  }

  private record Writer(Path layout) {

    ImageTar write(String seed, int... sizesBytes) throws IOException {
      Files.createDirectories(layout.resolve("blobs/sha256"));
      var name = "roadstead.test/" + seed + ":1";
      var layers = new ArrayList<Blob>();
      var diffIds = new ArrayList<String>();
      for (var sizeBytes : sizesBytes) {
        diffIds.add(writeLayer(new Random((seed + sizeBytes).hashCode()), sizeBytes, layers));
      }
      var config = writeBlob(configJson(diffIds));
      var manifest = writeBlob(manifestJson(config, layers));
      Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
      Files.writeString(layout.resolve("index.json"), indexJson(name, manifest));
      Files.writeString(layout.resolve("manifest.json"), dockerJson(name, config, layers));
      var tar = layout.resolveSibling(seed + ".tar");
      writeArchive(tar);
      return new ImageTar(
          name,
          layout,
          tar,
          manifest.digest(),
          config.digest(),
          layers.stream().map(Blob::digest).toList(),
          List.copyOf(diffIds));
    }

    /** Adds the layer's blob to the list and returns its diff id. */
    private String writeLayer(Random random, int sizeBytes, List<Blob> layers) throws IOException {
      var file = layout.resolve("layer");
      var diffId = Digests.sha256();
      try (var tar =
          new TarArchiveOutputStream(
              new DigestOutputStream(new Stored(Files.newOutputStream(file)), diffId))) {
        var entry = new TarArchiveEntry("random-" + sizeBytes);
        entry.setSize(sizeBytes);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        var buffer = new byte[BUFFER_BYTES];
        for (var left = sizeBytes; left > 0; left -= BUFFER_BYTES) {
          random.nextBytes(buffer);
          tar.write(buffer, 0, Math.min(left, BUFFER_BYTES));
        }
        tar.closeArchiveEntry();
      }
      var blob = new Blob(Digests.of(file), Files.size(file));
      Files.move(file, layout.resolve(blob.path()));
      layers.add(blob);
      return Digests.text(diffId);
    }

    private Blob writeBlob(String json) throws IOException {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      var blob = new Blob(Digests.of(bytes), bytes.length);
      Files.write(layout.resolve(blob.path()), bytes);
      return blob;
    }

    private void writeArchive(Path tar) throws IOException {
      try (var files = Files.walk(layout);
          var archive =
              new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar)))) {
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          archive.putArchiveEntry(
              archive.createArchiveEntry(file, layout.relativize(file).toString()));
          Files.copy(file, archive);
          archive.closeArchiveEntry();
        }
      }
    }
  }

  private static String configJson(List<String> diffIds) {
    return """
        {"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}"""
        .formatted(architecture(), quoted(diffIds.stream()));
  }

  private static String manifestJson(Blob config, List<Blob> layers) {
    var media = "application/vnd.oci.image.";
    return """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
        .formatted(
            media + "manifest.v1+json",
            config.descriptor(media + "config.v1+json"),
            layers.stream()
                .map(layer -> layer.descriptor(media + "layer.v1.tar+gzip"))
                .collect(Collectors.joining(",")));
  }

  /** The name is said twice: containerd reads the first annotation, the others the second. */
  private static String indexJson(String name, Blob manifest) {
    return """
        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "digest":"%s","size":%d,"annotations":{"io.containerd.image.name":"%s",\
        "org.opencontainers.image.ref.name":"1"}}]}"""
        .formatted(manifest.digest(), manifest.sizeBytes(), name);
  }

  /** What {@code docker save} puts beside: {@code docker load} reads it and not the layout. */
  private static String dockerJson(String name, Blob config, List<Blob> layers) {
    return """
        [{"Config":"%s","RepoTags":["%s"],"Layers":[%s]}]"""
        .formatted(config.path(), name, quoted(layers.stream().map(Blob::path)));
  }

  private static String quoted(Stream<String> texts) {
    return texts.map(text -> "\"" + text + "\"").collect(Collectors.joining(","));
  }

  /** This machine's, in Go's words: containerd pulls no image of another. */
  private static String architecture() {
    var architecture = System.getProperty("os.arch");
    return "aarch64".equals(architecture) ? "arm64" : architecture;
  }

  /** A gzip stream that does not try to compress: random bytes would not shrink. */
  private static final class Stored extends GZIPOutputStream {
    Stored(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }
}
