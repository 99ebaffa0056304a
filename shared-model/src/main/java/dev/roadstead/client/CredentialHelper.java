package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program {@code docker-credential-<name>} that keeps what docker was logged in with: the host on
 * standard input, a JSON object on standard output.
 */
final class CredentialHelper implements CredentialStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_OUTPUT_BYTES = 64 * 1024;
  private static final long MAX_SECONDS = 30;

  /** The user's name where the secret is an identity token. */
  private static final String TOKEN_USER = "<token>";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path program;

  /**
   * Looks for the program.
   *
   * @param searchPath folders, as in the variable {@code PATH}
   */
  CredentialHelper(String name, String searchPath) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("docker's configuration names no credential helper: '" + name + "'");
    }
    var file = "docker-credential-" + name;
    this.program =
        Stream.of(searchPath.split(File.pathSeparator))
            .map(folder -> Path.of(folder, file))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        file + " is not on the PATH, but docker's configuration names it"));
  }

  /** Helpers have no way but failing to say that they know nothing of a registry. */
  @Override
  public Credentials credentialsFor(RegistryHost registry) throws IOException {
    var process =
        new ProcessBuilder(program.toString(), "get")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      ask(process, registry);
      // Waiting before reading: what a helper answers fits into the pipe.
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " did not answer within " + MAX_SECONDS + " s");
      }
      return process.exitValue() == 0
          ? read(process.getInputStream().readNBytes(MAX_OUTPUT_BYTES))
          : new Credentials.Anonymous();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " was running", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void ask(Process process, RegistryHost registry) {
    try (var input = process.outputWriter(UTF_8)) {
      input.write(registry.text());
    } catch (IOException notRead) {
      // A helper may answer, and be gone, before it has read the question.
    }
  }

  private Credentials read(byte[] output) throws IOException {
    try {
      var answer = JSON.readTree(output);
      var user = answer.path("Username").asString("");
      var secret = answer.path("Secret").asString("");
      if (user.equals(TOKEN_USER)) {
        return new Credentials.IdentityToken(secret);
      }
      return user.isEmpty() ? new Credentials.Anonymous() : new Credentials.Password(user, secret);
    } catch (JacksonException malformed) {
      // Its message would quote the answer, which holds a secret.
      throw new IOException(program + " answered something that is no JSON", null);
    }
  }
}
