package dev.roadstead.pause.kubernetes;

import java.util.List;

/**
 * A version of the official pause image.
 *
 * @param version without a leading v
 * @param kubernetes the minor releases whose kubeadm names it ({@code PauseVersion} in kubeadm's
 *     constants); empty if none does
 * @param change what is new in it (Kubernetes' {@code build/pause/CHANGELOG.md})
 */
public record PauseRelease(String version, String kubernetes, String change) {

  /** Every version since 3.1, the newest first. */
  public static final List<PauseRelease> ALL =
      List.of(
          new PauseRelease("3.10.2", "1.36", "Windows: Server 2025 added"),
          new PauseRelease("3.10.1", "1.34, 1.35", "Windows: base image with security fixes"),
          new PauseRelease("3.10", "1.31 to 1.33", "Windows: -v prints the version there too"),
          new PauseRelease("3.9", "1.26 to 1.30", "Windows: 20H2 removed"),
          new PauseRelease("3.8", "1.25", "Windows: base image built on Windows"),
          new PauseRelease("3.7", "1.24", "Windows: 1903, 1909 and 2004 removed"),
          new PauseRelease("3.6", "1.23", "Windows: Server 2022 added"),
          new PauseRelease("3.5", "1.22", "runs as user 65535:65535"),
          new PauseRelease("3.4.1", "1.21", "Windows: 20H2 added"),
          new PauseRelease("3.4", "", "Windows: in the index, 1809 to 2004"),
          new PauseRelease("3.3", "", "no change of content"),
          new PauseRelease("3.2", "1.18 to 1.20", "manifests name the right architecture"),
          new PauseRelease("3.1", "up to 1.17", "reaps orphans; -v prints the version"));
}
