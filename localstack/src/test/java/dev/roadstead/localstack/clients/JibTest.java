package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpTransport;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jib, in this process: one PATCH of unknown length per layer. */
@Listed(value = "Jib", version = "jib.version", sends = "one `PATCH` of unknown length: relay")
@Tag("clients")
@Tag("long")
class JibTest extends ClientContract {
  private int caches;

  @Test
  void pushesTheImageThatItBuilt() throws Exception {
    var content = Files.writeString(folder.resolve("hello"), "hello from jib");
    var image = Jib.fromScratch().addLayer(List.of(content), AbsoluteUnixPath.get("/"));
    var reference = repository("built") + ":1";

    var built = run(image, Containerizer.to(RegistryImage.named(reference)));

    assertThat(OwnClient.pull(reference))
        .hasSize(3)
        .contains(built.getDigest().toString(), built.getImageId().toString());
  }

  @Override
  String push(ImageTar image, String reference) {
    return push(Jib.from(TarImage.at(image.tar())), reference);
  }

  @Override
  String pushFrom(String source, ImageTar image, String target) {
    emptyStore();
    return push(from(source), target);
  }

  /** Returns every request that it made, head by head. */
  private String push(JibContainerBuilder image, String reference) {
    try (var requests = new Requests()) {
      run(image, Containerizer.to(RegistryImage.named(parsed(reference))));
      return requests.text.toString();
    }
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return image.layers().stream()
        .filter(layer -> printed.lines().anyMatch(line -> sends(line, layer)))
        .count();
  }

  private static boolean sends(String line, String layer) {
    return line.startsWith("PUT ") && line.contains("digest=" + layer);
  }

  @Override
  void pull(String reference, Path target) {
    run(from(reference), Containerizer.to(TarImage.at(target).named(parsed("pulled:1"))));
  }

  /** It writes a configuration, and so a manifest, of its own. */
  @Override
  List<String> expected(ImageTar image) {
    return image.layers();
  }

  @Override
  void emptyStore() {
    caches++;
  }

  private JibContainer run(JibContainerBuilder image, Containerizer containerizer) {
    try {
      return image.containerize(
          containerizer
              .setAllowInsecureRegistries(true)
              .setBaseImageLayersCache(folder.resolve("base-" + caches))
              .setApplicationLayersCache(folder.resolve("application-" + caches)));
    } catch (Exception failed) {
      throw new AssertionError("jib failed", failed);
    }
  }

  private static JibContainerBuilder from(String reference) {
    return Jib.from(RegistryImage.named(parsed(reference)));
  }

  private static ImageReference parsed(String reference) {
    try {
      return ImageReference.parse(reference);
    } catch (InvalidImageReferenceException e) {
      throw new AssertionError(e);
    }
  }

  /** What Jib's HTTP library says to its log while this is open. */
  private static final class Requests extends Handler implements AutoCloseable {
    private final Logger log = Logger.getLogger(HttpTransport.class.getName());
    private final StringBuilder text = new StringBuilder();

    Requests() {
      log.setLevel(Level.CONFIG);
      log.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      text.append(entry.getMessage()).append('\n');
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      log.removeHandler(this);
      log.setLevel(Level.OFF);
    }
  }
}
