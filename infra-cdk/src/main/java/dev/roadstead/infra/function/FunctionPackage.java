package dev.roadstead.infra.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import software.amazon.awscdk.services.lambda.Code;

/**
 * The one package that all functions are started from.
 *
 * @param zip as the build makes it
 * @param handler the class that Lambda calls
 * @param environment what every function of the package needs to be told
 */
public record FunctionPackage(Path zip, String handler, Map<String, String> environment) {
  private static final String SETTINGS = "function.env";

  /** A variable of Lambda's own, which a deployment sets as the function's handler. */
  private static final String HANDLER = "_HANDLER";

  private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";

  /** Without the JVM's second compiler (decision 0053); the last of two such options counts. */
  private static final String QUICK_TO_START = " -XX:TieredStopAtLevel=1";

  /** Copies the environment. */
  public FunctionPackage {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads what a package says of itself, in its {@value #SETTINGS}.
   *
   * @throws UncheckedIOException when there is no such package
   */
  public static FunctionPackage at(Path zip) {
    var lines = new TreeMap<String, String>();
    settings(zip)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .forEach(line -> lines.put(line[0], line[1]));
    var handler = lines.remove(HANDLER);
    if (handler == null) {
      throw new IllegalArgumentException(SETTINGS + " of " + zip + " names no " + HANDLER);
    }
    return new FunctionPackage(zip, handler, lines);
  }

  private static String settings(Path zip) {
    try (var file = new ZipFile(zip.toFile())) {
      var entry = file.getEntry(SETTINGS);
      if (entry == null) {
        throw new IllegalArgumentException(zip + " has no " + SETTINGS);
      }
      return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the functions' package " + zip, unreadable);
    }
  }

  /** What a function that hashes no blobs is told instead: it starts in half the CPU time. */
  Map<String, String> quickToStart() {
    var quick = new TreeMap<>(environment);
    quick.merge(JVM_OPTIONS, QUICK_TO_START, String::concat);
    return quick;
  }

  /** The package as it is uploaded. */
  Code code() {
    return Code.fromAsset(zip.toString());
  }
}
