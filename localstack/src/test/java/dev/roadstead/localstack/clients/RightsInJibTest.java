package dev.roadstead.localstack.clients;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Jib, in this process; it is told at every step who it is. */
@Tag("clients")
class RightsInJibTest extends RightsContract {
  /** It shows credentials over HTTP only when it is told to. */
  private static final String OVER_HTTP = "sendCredentialsOverHttp";

  @TempDir private Path caches;
  private Optional<Credential> user = Optional.empty();
  private int steps;

  @BeforeAll
  void showCredentialsOverHttp() {
    System.setProperty(OVER_HTTP, "true");
  }

  @AfterAll
  void showThemNoLonger() {
    System.clearProperty(OVER_HTTP);
  }

  @Override
  void login(String authority, String name, String password) {
    user = Optional.of(Credential.from(name, password));
  }

  @Override
  void logout(String authority) {
    user = Optional.empty();
  }

  @Override
  void push(ImageTar pushed, String reference) {
    run(() -> Jib.from(TarImage.at(pushed.tar())), () -> Containerizer.to(image(reference)));
  }

  @Override
  void pull(String reference, Path target) {
    run(
        () -> Jib.from(image(reference)),
        () -> Containerizer.to(TarImage.at(target).named(ImageReference.parse("pulled:1"))));
  }

  private RegistryImage image(String reference) throws Exception {
    var image = RegistryImage.named(ImageReference.parse(reference));
    user.ifPresent(known -> image.addCredentialRetriever(() -> Optional.of(known)));
    return image;
  }

  /** What may fail with one of Jib's many exceptions. */
  private interface Making<T> {
    T make() throws Exception;
  }

  private void run(Making<JibContainerBuilder> from, Making<Containerizer> to) {
    steps++;
    try {
      from.make()
          .containerize(
              to.make()
                  .setAllowInsecureRegistries(true)
                  .setBaseImageLayersCache(caches.resolve("base-" + steps))
                  .setApplicationLayersCache(caches.resolve("application-" + steps)));
    } catch (Exception failed) {
      throw new AssertionError("jib failed: " + failed.getMessage(), failed);
    }
  }
}
