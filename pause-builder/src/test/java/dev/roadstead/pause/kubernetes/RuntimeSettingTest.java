package dev.roadstead.pause.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  @Test
  void givesKubeadmTheRepositoryThatHoldsPause() {
    assertThat(kubeadm("r.example:5000/k8s/pause:3.10.2"))
        .endsWith("imageRepository: r.example:5000/k8s");
    assertThat(kubeadm("r.example/k8s/sandbox:1")).isEmpty();
  }

  private static List<String> kubeadm(String image) {
    return RuntimeSetting.forImage(image).stream()
        .filter(setting -> setting.program().equals("kubeadm"))
        .findFirst()
        .orElseThrow()
        .lines();
  }
}
