package dev.roadstead.localstack.clients;

import java.nio.file.Path;

@RealClient(
    programs = {"containerd", "ctr"},
    root = true)
class RightsInContainerdTest extends RightsInContainerdContract {

  @Override
  Containerd start(Path home) {
    return Containerd.start("containerd", "ctr", home);
  }
}
