package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every release of containerd does with a registry. */
abstract class ContainerdContract extends ClientContract {
  abstract Containerd containerd();

  @Test
  @Tag("long")
  @Tag("embedded")
  void pullsTheLayerOfTwoGigabytesThatItPushed() {
    pullsALayerOfTwoGigabytesThatItPushed();
  }

  /** Where nothing may go past functions and relay. */
  @Test
  @Tag("long")
  @Tag("embedded")
  void pushesWholeBlobsThroughTheRelayWhereDirectPutsAreRefused() throws IOException {
    var data = folder.resolve("registry");
    try (var registry = SleepyRegistry.start(data, "2s", "--direct-put", "refuse")) {
      introduce(registry.authority());
      var image = ImageTar.write(folder, seed("no-direct-put"), 60_000_000);
      var reference = registry.authority() + "/" + seed("no-direct-put") + ":1";

      push(image, reference);

      assertThat(registry.hasWokenItsRelay()).isTrue();
      emptyStore();
      assertThat(pulled(reference)).containsAll(expected(image));
      registry.isClean();
    }
  }

  @Override
  String push(ImageTar image, String reference) {
    containerd().load(image);
    return containerd().push(image.name(), reference);
  }

  /** It knows where else a layer is once it has pulled it from there. */
  @Override
  String pushFrom(String source, ImageTar image, String target) {
    emptyStore();
    containerd().fetch(source);
    return containerd().push(source, target);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return Containerd.layersSent(printed);
  }

  @Override
  void pull(String reference, Path target) {
    containerd().fetch(reference);
    containerd().save(reference, target);
  }

  @Override
  void emptyStore() {
    containerd().empty();
  }

  @Override
  boolean needsRelay() {
    return false;
  }

  @Override
  boolean resumes() {
    return true;
  }
}
