package dev.roadstead.localstack.clients;

import java.nio.file.Path;

@RealClient(
    programs = {"containerd-2", "ctr-2"},
    root = true)
class RightsInContainerd2Test extends RightsInContainerdContract {

  @Override
  Containerd start(Path home) {
    return Containerd.start("containerd-2", "ctr-2", home);
  }
}
