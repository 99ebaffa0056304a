package dev.roadstead.pause.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuntimeSettingTest {
  @Test
  void namesTheImageInEveryFile() {
    var settings = RuntimeSetting.forImage("r.example/k8s/pause:3.10.2");

    assertThat(settings)
        .extracting(RuntimeSetting::program)
        .containsExactly("containerd 1.x", "containerd 2.x", "CRI-O", "kubeadm", "kubelet");
    assertThat(settings)
        .filteredOn(setting -> setting.place().startsWith("/etc/"))
        .hasSize(3)
        .allSatisfy(
            setting ->
                assertThat(setting.lines())
                    .last()
                    .asString()
                    .contains("\"r.example/k8s/pause:3.10.2\""));
  }
}
