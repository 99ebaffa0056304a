package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;

/** What a client does in a soak, each time from an empty store; one thread uses it. */
sealed interface SoakClient {
  /** Pushes an image. */
  void push(ImageTar image, String reference);

  /** Pulls, and returns the digests of what came; every client says what its configuration is. */
  Set<String> pull(String reference);

  /** Gives what one reference names to another, in the client's own way. */
  void copy(String from, String to);

  /** Deletes a tag, or the manifest that it names. */
  void delete(String reference);

  /** Whether {@link #delete} takes the manifest, and with it every other tag that names it. */
  default boolean deletesManifests() {
    return false;
  }

  /** crane deletes the tag alone. */
  record Crane(Command crane, Path home) implements SoakClient {
    static Crane in(Path home) {
      return new Crane(Tools.command("crane", home), home);
    }

    @Override
    public void push(ImageTar image, String reference) {
      crane.run("push", image.layout(), reference);
    }

    @Override
    public Set<String> pull(String reference) {
      return pulled(home, target -> crane.run("pull", "--format=oci", reference, target));
    }

    @Override
    public void copy(String from, String to) {
      crane.run("copy", from, to);
    }

    @Override
    public void delete(String reference) {
      crane.run("delete", reference);
    }
  }

  /** Skopeo deletes by digest. */
  record Skopeo(Command skopeo, Path home) implements SoakClient {
    static Skopeo in(Path home) {
      return new Skopeo(Tools.command("skopeo", home), home);
    }

    @Override
    public void push(ImageTar image, String reference) {
      skopeo.run(
          "copy", "--dest-tls-verify=false", "oci:" + image.layout() + ":1", docker(reference));
    }

    @Override
    public Set<String> pull(String reference) {
      return pulled(
          home,
          target ->
              skopeo.run(
                  "copy", "--src-tls-verify=false", docker(reference), "oci:" + target + ":1"));
    }

    @Override
    public void copy(String from, String to) {
      skopeo.run(
          "copy", "--src-tls-verify=false", "--dest-tls-verify=false", docker(from), docker(to));
    }

    @Override
    public void delete(String reference) {
      skopeo.run("delete", "--tls-verify=false", docker(reference));
    }

    @Override
    public boolean deletesManifests() {
      return true;
    }

    private static String docker(String reference) {
      return "docker://" + reference;
    }
  }

  /** Docker cannot delete in a registry, so crane does it. */
  record Docker(Command docker, Crane crane) implements SoakClient {
    @Override
    public void push(ImageTar image, String reference) {
      emptying(
          () -> {
            docker.run("load", "--input", image.tar());
            docker.run("tag", image.name(), reference);
            docker.run("push", reference);
          });
    }

    @Override
    public Set<String> pull(String reference) {
      var image = new String[1];
      emptying(
          () -> {
            docker.run("pull", reference);
            image[0] = docker.run("image", "inspect", "--format={{.Id}}", reference).strip();
          });
      return Set.of(image[0]);
    }

    @Override
    public void copy(String from, String to) {
      emptying(
          () -> {
            docker.run("pull", from);
            docker.run("tag", from, to);
            docker.run("push", to);
          });
    }

    @Override
    public void delete(String reference) {
      crane.delete(reference);
    }

    private void emptying(Runnable act) {
      try {
        act.run();
      } finally {
        docker.run("image", "prune", "--all", "--force");
      }
    }
  }

  /** Neither can ctr. */
  record Ctr(Containerd containerd, Crane crane, Path home) implements SoakClient {
    @Override
    public void push(ImageTar image, String reference) {
      emptying(
          () -> {
            containerd.load(image);
            containerd.push(image.name(), reference);
          });
    }

    @Override
    public Set<String> pull(String reference) {
      return pulled(
          home,
          target ->
              emptying(
                  () -> {
                    containerd.fetch(reference);
                    containerd.save(reference, target);
                  }));
    }

    @Override
    public void copy(String from, String to) {
      emptying(
          () -> {
            containerd.fetch(from);
            containerd.push(from, to);
          });
    }

    @Override
    public void delete(String reference) {
      crane.delete(reference);
    }

    private void emptying(Runnable act) {
      try {
        act.run();
      } finally {
        containerd.empty();
      }
    }
  }

  /** Pulls to a folder or archive. */
  interface Pull {
    void to(Path target);
  }

  private static Set<String> pulled(Path home, Pull pull) {
    var target = home.resolve("pulled");
    try {
      pull.to(target);
      return Digests.below(target);
    } finally {
      delete(target);
    }
  }

  private static void delete(Path target) {
    if (!Files.exists(target)) {
      return;
    }
    try (var files = Files.walk(target)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
