package dev.roadstead.cli;

import dev.roadstead.client.CredentialStore;
import dev.roadstead.client.ImageName;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import dev.roadstead.pause.image.ContainerUser;
import dev.roadstead.pause.image.ImageLayout;
import dev.roadstead.pause.image.ImagePush;
import dev.roadstead.pause.image.PauseImage;
import dev.roadstead.pause.image.PauseVersion;
import dev.roadstead.pause.image.Platform;
import dev.roadstead.pause.image.Recipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code roadstead pause build}: makes the image, and writes or pushes it if asked to. */
@Command(
    name = "build",
    description = {
      "Makes a pause image, the same bytes on every machine.",
      "Prints what it is made of; --output and --push also put it somewhere."
    },
    sortOptions = false)
final class PauseBuild implements Callable<Integer> {
  private final CredentialStore credentials;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "What /pause -v prints; 3.10.2-acme.1 for one of your own. [3.10.2]")
  private PauseVersion version = PauseVersion.NEWEST;

  @Option(
      names = "--platforms",
      split = ",",
      paramLabel = "PLATFORM",
      description = "For example linux/amd64,linux/arm64. [all there are]")
  private List<Platform> platforms = Arrays.asList(Platform.values());

  @Option(
      names = "--user",
      paramLabel = "UID[:GID]",
      description = "Whom containers run as. [65535:65535]")
  private ContainerUser user = ContainerUser.NOBODY;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Adds a label to the configurations; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--annotation",
      paramLabel = "NAME=VALUE",
      description = "Adds an annotation to the manifests and the index; may be repeated.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Writes an OCI layout into this folder, which is new or empty.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--push",
      paramLabel = "REGISTRY/REPO:TAG",
      description = {
        "Pushes the image, with the credentials of docker login or of ROADSTEAD_USER and"
            + " ROADSTEAD_PASSWORD if the registry wants any."
      })
  private Optional<ImageName> destination = Optional.empty();

  @Spec private CommandSpec spec;

  PauseBuild(CredentialStore credentials) {
    this.credentials = credentials;
    this.spec = CommandSpec.create(); // picocli puts the real one here
  }

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var tag = destination.map(this::tag);
    var image = PauseImage.of(recipe());
    print(image, out);
    if (output.isPresent()) {
      ImageLayout.write(image, new Tag(version.text()), output.get());
      out.println("written  " + output.get());
    }
    if (destination.isPresent()) {
      push(image, destination.get(), tag.orElseThrow());
      out.println("pushed   " + destination.get());
    }
    out.flush();
    return 0;
  }

  private Recipe recipe() {
    try {
      return new Recipe(version, Set.copyOf(platforms), user, labels, annotations);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Tag tag(ImageName name) {
    return switch (name.reference()) {
      case Tag tag -> tag;
      case Digest _ ->
          throw new ParameterException(
              spec.commandLine(), "an image is pushed to a tag, not to a digest: " + name);
    };
  }

  private void push(PauseImage image, ImageName name, Tag tag) throws IOException {
    try (var registry = new RegistryClient(name.registry(), credentials)) {
      ImagePush.push(image, registry, name.repository(), tag);
    }
  }

  private static void print(PauseImage image, PrintWriter out) {
    out.println("platform          /pause   layer    pull  manifest");
    for (var each : image.images()) {
      out.printf(
          Locale.ROOT,
          "%-15s %,8d%,8d%,8d  %s%n",
          each.platform(),
          each.binary().sizeBytes(),
          each.layer().sizeBytes(),
          each.sizeBytes(),
          each.manifest().digest());
    }
    out.printf(
        Locale.ROOT, "index   %,24d  %s%n", image.index().sizeBytes(), image.index().digest());
  }
}
