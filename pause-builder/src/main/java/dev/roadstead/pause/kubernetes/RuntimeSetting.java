package dev.roadstead.pause.kubernetes;

import java.util.List;

/**
 * Where one program is told which pause image to use.
 *
 * @param program the program and its versions
 * @param place the file, usually, and what to do after changing it
 * @param lines what to write there, for one image
 */
public record RuntimeSetting(String program, String place, List<String> lines) {

  /** Copies the lines. */
  public RuntimeSetting {
    lines = List.copyOf(lines);
  }

  /** The settings that make every pod of a node use this image. */
  public static List<RuntimeSetting> forImage(String image) {
    return List.of(
        new RuntimeSetting(
            "containerd 1.x",
            "/etc/containerd/config.toml, then restart containerd",
            List.of(
                "[plugins.\"io.containerd.grpc.v1.cri\"]", "  sandbox_image = \"" + image + "\"")),
        new RuntimeSetting(
            "containerd 2.x",
            "/etc/containerd/config.toml (version = 3), then restart containerd",
            List.of(
                "[plugins.'io.containerd.cri.v1.images'.pinned_images]",
                "  sandbox = \"" + image + "\"")),
        new RuntimeSetting(
            "CRI-O",
            "/etc/crio/crio.conf.d/10-pause.conf, then restart crio",
            List.of("[crio.image]", "pause_image = \"" + image + "\"")),
        kubeadm(image),
        new RuntimeSetting(
            "kubelet",
            "--pod-infra-container-image never chose the image for these runtimes, and 1.35 does not"
                + " start with it: remove it from /var/lib/kubelet/kubeadm-flags.env",
            List.of()));
  }

  /** It has no setting for pause alone, and always asks for a repository named pause. */
  private static RuntimeSetting kubeadm(String image) {
    int name = image.lastIndexOf("/pause");
    return new RuntimeSetting(
        "kubeadm",
        "ClusterConfiguration; moves every image of the control plane. Without it kubeadm pulls its"
            + " own pause and warns, and the runtime uses what is set above",
        name < 0
            ? List.of()
            : List.of(
                "apiVersion: kubeadm.k8s.io/v1beta4",
                "kind: ClusterConfiguration",
                "imageRepository: " + image.substring(0, name)));
  }
}
