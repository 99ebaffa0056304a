package dev.roadstead.cli;

import dev.roadstead.client.RegistryHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code roadstead k8s pull-secret}: the manifest of an image pull secret, for kubectl apply. */
@Command(
    name = "pull-secret",
    description = {
      "Prints an image pull secret for kubectl apply -f -,",
      "with the account in ROADSTEAD_USER and ROADSTEAD_PASSWORD."
    },
    sortOptions = false)
final class PullSecret implements Callable<Integer> {
  private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;

  @Option(
      names = "--registry",
      paramLabel = "HOST[:PORT]",
      required = true,
      description = "As it stands in the names of images.")
  private String registry = "";

  @Option(names = "--name", paramLabel = "NAME", description = "Of the secret. [roadstead]")
  private String name = "roadstead";

  @Option(names = "--namespace", paramLabel = "NAME", description = "Of the pods. [default]")
  private String namespace = "default";

  @Spec private CommandSpec spec;

  PullSecret(Map<String, String> environment) {
    this.environment = environment;
    this.spec = CommandSpec.create(); // picocli puts the real one here
  }

  @Override
  public Integer call() throws IOException {
    var user = environment.getOrDefault("ROADSTEAD_USER", "");
    var password = environment.getOrDefault("ROADSTEAD_PASSWORD", "");
    if (user.isEmpty() || password.isEmpty()) {
      throw new IOException("set ROADSTEAD_USER and ROADSTEAD_PASSWORD to the account for pulling");
    }
    if (!name.matches(NAME) || !namespace.matches(NAME)) {
      throw new IOException("names in Kubernetes have small letters, digits, - and .");
    }
    print(spec.commandLine().getOut(), host(), user, password);
    return 0;
  }

  private String host() throws IOException {
    try {
      return new RegistryHost(registry).text();
    } catch (IllegalArgumentException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  private void print(PrintWriter out, String host, String user, String password) {
    var configuration = JSON.createObjectNode();
    configuration
        .putObject("auths")
        .putObject(host)
        .put("username", user)
        .put("password", password)
        .put("auth", base64(user + ":" + password));
    out.println(
        """
        apiVersion: v1
        kind: Secret
        type: kubernetes.io/dockerconfigjson
        metadata:
          name: %s
          namespace: %s
        data:
          .dockerconfigjson: %s\
        """
            .formatted(name, namespace, base64(configuration.toString())));
    out.flush();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code roadstead k8s}, which does nothing by itself. */
  @Command(name = "k8s", description = "For Kubernetes.", synopsisSubcommandLabel = "COMMAND")
  static final class KubernetesCommand {}
}
