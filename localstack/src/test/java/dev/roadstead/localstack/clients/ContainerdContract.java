package dev.roadstead.localstack.clients;

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
