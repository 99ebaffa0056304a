package dev.roadstead.localstack.clients;

import dev.roadstead.client.Credentials;
import dev.roadstead.client.ImageName;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Roadstead's own client, where a test needs a second one to begin or to compare with. */
final class OwnClient {
  private static final int MAX_BLOB_BYTES = 64 * 1024 * 1024;
  private static final Pattern DIGEST = Pattern.compile("\"digest\":\\s*\"(sha256:[0-9a-f]{64})\"");

  private OwnClient() {}

  /** Pushes an image under a tag. */
  static void push(ImageTar image, String reference) {
    var name = ImageName.parse(reference);
    try (var client = client(name)) {
      for (var digest : image.blobs()) {
        var file = image.layout().resolve("blobs/" + digest.replace(':', '/'));
        if (digest.equals(image.manifest())) {
          continue;
        }
        client.pushBlob(name.repository(), Digest.parse(digest), file);
      }
      var manifest = image.layout().resolve("blobs/" + image.manifest().replace(':', '/'));
      client.pushManifest(
          name.repository(),
          name.reference(),
          MediaType.OCI_MANIFEST,
          Files.readAllBytes(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pulls a manifest and every blob it names; the digests of what came, all checked. */
  static Set<String> pull(String reference) {
    var name = ImageName.parse(reference);
    try (var client = client(name)) {
      var manifest = client.pullManifest(name.repository(), name.reference());
      var pulled = new HashSet<>(Set.of(manifest.digest().toString()));
      for (var digest : named(new String(manifest.bytes(), StandardCharsets.UTF_8))) {
        var bytes = client.pullBlob(name.repository(), Digest.parse(digest), MAX_BLOB_BYTES);
        pulled.add(Digests.of(bytes));
      }
      return pulled;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterable<String> named(String manifest) {
    return DIGEST.matcher(manifest).results().map(found -> found.group(1)).distinct().toList();
  }

  private static RegistryClient client(ImageName name) {
    return new RegistryClient(name.registry(), registry -> new Credentials.Anonymous());
  }
}
