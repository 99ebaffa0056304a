package dev.roadstead.infra.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The very code of an edge function, in Node.js, with CloudFront's own module played. */
public final class EdgeRuntime implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process node;
  private final Writer in;
  private final BufferedReader out;

  private EdgeRuntime(Process node) {
    this.node = node;
    this.in = new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8);
    this.out = node.inputReader(StandardCharsets.UTF_8);
  }

  static EdgeRuntime start(Path folder, String code) {
    assumeNode();
    try {
      Files.createDirectories(folder);
      var module = Files.createDirectories(folder.resolve("node_modules/cloudfront"));
      Files.writeString(
          module.resolve("package.json"), "{\"type\":\"module\",\"exports\":\"./cloudfront.mjs\"}");
      copy("cloudfront.mjs", module);
      copy("run.mjs", folder);
      Files.writeString(folder.resolve("function.mjs"), code + "export { handler };\n");
      return new EdgeRuntime(
          new ProcessBuilder("node", "run.mjs")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Skips what cannot run without Node.js: the edge's code, and the CDK. */
  public static void assumeNode() {
    assumeTrue(isInstalled(), "node is not installed (localstack/tools/install says why)");
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void copy(String name, Path folder) throws IOException {
    try (InputStream in = EdgeRuntime.class.getResourceAsStream(name)) {
      Files.write(folder.resolve(name), Objects.requireNonNull(in).readAllBytes());
    }
  }

  /** What the function makes of an event: {@code answer}, {@code origin} and {@code reads}. */
  JsonNode run(Object event) {
    try {
      in.write(JSON.writeValueAsString(event));
      in.write('\n');
      in.flush();
      var line = out.readLine();
      assertThat(line).as("an answer of the edge function").isNotNull();
      return JSON.readTree(line);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    node.destroy();
  }
}
