package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@RealClient(
    programs = {"containerd-2", "ctr-2"},
    root = true)
@Tag("long")
class RightsInContainerd2Test extends RightsInContainerdContract {

  @Override
  Containerd start(Path home) {
    return Containerd.start("containerd-2", "ctr-2", home);
  }
}
