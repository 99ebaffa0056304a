package dev.roadstead.pause.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roadstead.model.MediaType;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import tools.jackson.databind.json.JsonMapper;

/** Writes an image as a folder (OCI image spec, "Image Layout"). */
public final class ImageLayout {
  private static final JsonMapper JSON = new JsonMapper();

  private ImageLayout() {}

  /**
   * Writes the image into a folder that does not exist or is empty. The folder appears with all its
   * files at once; a crash before that leaves another one next to it, named {@code .partial}.
   *
   * @param tag what tools that read layouts call the image
   * @throws IOException saying what stands in the way
   */
  public static void write(PauseImage image, Tag tag, Path folder) throws IOException {
    var target = folder.toAbsolutePath().normalize();
    var parent = target.getParent();
    if (parent == null || !isFree(target)) {
      throw new IOException(folder + " is not empty; name a folder that is, or a new one");
    }
    Files.createDirectories(parent);
    var readable = PosixFilePermissions.fromString("rwxr-xr-x");
    var partial =
        Files.createTempDirectory(
            parent,
            target.getFileName() + ".partial",
            PosixFilePermissions.asFileAttribute(readable));
    try {
      fill(partial, image, tag);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(partial);
      throw e;
    }
  }

  private static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void fill(Path folder, PauseImage image, Tag tag) throws IOException {
    var blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    for (var content : image.contents().toList()) {
      Files.write(blobs.resolve(content.digest().hex()), content.bytes());
    }
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}", UTF_8);
    Files.write(folder.resolve("index.json"), entryPoint(image, tag));
  }

  /** The layout's own index, which names the image's. */
  private static byte[] entryPoint(PauseImage image, Tag tag) {
    var document = JSON.createObjectNode();
    document.put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.text());
    var descriptor = image.index().descriptor();
    descriptor.putObject("annotations").put("org.opencontainers.image.ref.name", tag.text());
    document.putArray("manifests").add(descriptor);
    return JSON.writeValueAsBytes(document);
  }

  private static void delete(Path folder) throws IOException {
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
