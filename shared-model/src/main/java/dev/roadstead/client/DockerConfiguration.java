package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The credentials that {@code docker login} left in its configuration, in the file itself or with a
 * helper program; before them, {@code ROADSTEAD_USER} and {@code ROADSTEAD_PASSWORD}.
 */
public final class DockerConfiguration implements CredentialStore {
  /** A larger file is no configuration. */
  private static final long MAX_FILE_BYTES = 4L << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;

  /**
   * Looks where docker does.
   *
   * @param environment the process's variables: {@code DOCKER_CONFIG}, {@code HOME}, {@code PATH}
   *     and the two above
   */
  public DockerConfiguration(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Credentials credentialsFor(RegistryHost registry) throws IOException {
    var given = fromEnvironment();
    if (given.isPresent()) {
      return given.get();
    }
    var configuration = read();
    var helper = helperFor(registry, configuration);
    return helper.isPresent()
        ? new CredentialHelper(helper.get(), environment.getOrDefault("PATH", ""))
            .credentialsFor(registry)
        : stored(registry, configuration);
  }

  private Optional<Credentials> fromEnvironment() throws IOException {
    var user = environment.getOrDefault("ROADSTEAD_USER", "");
    var password = environment.getOrDefault("ROADSTEAD_PASSWORD", "");
    if (user.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    if (user.isEmpty() || password.isEmpty()) {
      throw new IOException("set both ROADSTEAD_USER and ROADSTEAD_PASSWORD, or neither");
    }
    return Optional.of(new Credentials.Password(user, password));
  }

  private JsonNode read() throws IOException {
    var file = folder().resolve("config.json");
    if (!Files.exists(file)) {
      return JSON.createObjectNode();
    }
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + " is too large for a docker configuration");
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException malformed) {
      // Its message would quote the file, which holds secrets.
      throw new IOException(file + " is no JSON; repair it, or log in again", null);
    }
  }

  private Path folder() {
    var folder = environment.getOrDefault("DOCKER_CONFIG", "");
    return folder.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", "/"), ".docker")
        : Path.of(folder);
  }

  /** A helper for this registry wins over one for all; a helper at all over the file. */
  private static Optional<String> helperFor(RegistryHost registry, JsonNode configuration) {
    var own = configuration.path("credHelpers").path(registry.text()).asString("");
    var general = configuration.path("credsStore").asString("");
    return Optional.of(own.isEmpty() ? general : own).filter(name -> !name.isEmpty());
  }

  private static Credentials stored(RegistryHost registry, JsonNode configuration)
      throws IOException {
    for (var entry : configuration.path("auths").properties()) {
      if (hostOf(entry.getKey()).equals(registry.text())) {
        return credentials(registry, entry.getValue());
      }
    }
    return new Credentials.Anonymous();
  }

  /** Old versions of docker wrote whole addresses, {@code https://host/v1/}. */
  private static String hostOf(String key) {
    var address = key.replaceFirst("^https?://", "");
    int slash = address.indexOf('/');
    return slash < 0 ? address : address.substring(0, slash);
  }

  private static Credentials credentials(RegistryHost registry, JsonNode entry) throws IOException {
    var token = entry.path("identitytoken").asString("");
    if (!token.isEmpty()) {
      return new Credentials.IdentityToken(token);
    }
    var encoded = entry.path("auth").asString("");
    if (encoded.isEmpty()) {
      return new Credentials.Anonymous();
    }
    try {
      var both = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = both.indexOf(':');
      if (colon > 0) {
        return new Credentials.Password(both.substring(0, colon), both.substring(colon + 1));
      }
    } catch (IllegalArgumentException notBase64) {
      // falls through: the same thing is wrong
    }
    throw new IOException(
        "docker's configuration has no user and password for " + registry + "; log in again");
  }
}
