package dev.roadstead.cli;

import dev.roadstead.client.CredentialStore;
import dev.roadstead.client.ImageName;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.pause.kubernetes.PauseRelease;
import dev.roadstead.pause.kubernetes.RuntimeSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code roadstead pause inspect}: what an image holds, and how a node is told to use it. */
@Command(
    name = "inspect",
    description = {
      "Shows the platforms, sizes and digests of an image in a registry,",
      "which pause each Kubernetes expects, and what to set on a node to use this one."
    })
final class PauseInspect implements Callable<Integer> {
  private final CredentialStore credentials;

  @Parameters(paramLabel = "IMAGE", description = "registry/repository:tag, or @digest.")
  private Optional<ImageName> image = Optional.empty();

  @Spec private CommandSpec spec;

  PauseInspect(CredentialStore credentials) {
    this.credentials = credentials;
    this.spec = CommandSpec.create(); // picocli puts the real one here
  }

  @Override
  public Integer call() throws IOException {
    var name = image.orElseThrow();
    var out = spec.commandLine().getOut();
    try (var registry = new RegistryClient(name.registry(), credentials)) {
      print(name, ImageSummary.read(name, registry), out);
    }
    printReleases(out);
    printSettings(name, out);
    out.flush();
    return 0;
  }

  private static void print(ImageName name, ImageSummary summary, PrintWriter out) {
    out.println(name);
    summary.version().ifPresent(version -> out.println("version " + version));
    out.println();
    out.println("platform                          pull  digest");
    for (var each : summary.platforms()) {
      out.printf(
          Locale.ROOT, "%-27s %,10d  %s%n", each.platform(), each.sizeBytes(), each.manifest());
    }
    if (summary.mediaType().isIndex()) {
      out.printf(Locale.ROOT, "%-27s %,10d  %s%n", "index", summary.sizeBytes(), summary.digest());
    }
    out.println();
  }

  private static void printReleases(PrintWriter out) {
    out.println("pause    in Kubernetes   what is new in it");
    for (var release : PauseRelease.ALL) {
      out.printf(
          "%-8s %-15s %s%n",
          release.version(),
          release.kubernetes().isEmpty() ? "-" : release.kubernetes(),
          release.change());
    }
    out.println();
  }

  private static void printSettings(ImageName name, PrintWriter out) {
    for (var setting : RuntimeSetting.forImage(name.toString())) {
      out.println(setting.program() + ": " + setting.place());
      setting.lines().forEach(line -> out.println("    " + line));
      out.println();
    }
  }
}
