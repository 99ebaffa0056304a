package dev.roadstead.localstack.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The package that Lambda gets, unpacked, and the runtime client that Lambda has: together they are
 * the command line of a function's process.
 *
 * @param folder where the package lies; its processes run there, as on Lambda
 * @param classPath runtime client and package, in the order of their names
 * @param variables what the package wants in the environment of every function
 * @param library the native part of the runtime client. Left to itself, each process would unpack
 *     it to one place under /tmp, over the one that others have just mapped, and they crash
 * @param classCache classes loaded and linked beforehand, if there is such a file ({@link
 *     ClassCache})
 */
public record FunctionPackage(
    Path folder,
    String classPath,
    Map<String, String> variables,
    Path library,
    Optional<Path> classCache) {
  private static final String RUNTIME_MAIN =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String VARIABLES = "function.env";
  private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final String HANDLER = "_HANDLER";

  /** Without the JVM's second compiler (decision 0053); the last of two such options counts. */
  private static final String QUICK_TO_START = " -XX:TieredStopAtLevel=1";

  private static final String NATIVE_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final String CLASS_CACHE = "functions.aot";

  /** Tells the runtime client to call the hooks that Lambda calls around a snapshot. */
  private static final Map<String, String> PRIMED =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

  /** The event, its body and the answer fit into it several times. */
  private static final List<String> MEMORY = List.of("-Xms16m", "-Xmx192m");

  /**
   * What was built here.
   *
   * @param target the folder that the build of the functions writes to
   * @throws IOException when there is no package in it
   */
  public static FunctionPackage in(Path target) throws IOException {
    var whole = target.toAbsolutePath().normalize(); // its processes run elsewhere than we do
    var folder = whole.resolve("functions");
    var jars = new ArrayList<Path>(jars(whole.resolve("runtime")));
    jars.addAll(jars(folder.resolve("lib")));
    var library = nativeLibrary(jars, whole.resolve("runtime"));
    return new FunctionPackage(
        folder,
        jars.stream().map(Path::toString).collect(Collectors.joining(":")),
        variables(folder.resolve(VARIABLES)),
        library,
        Optional.empty());
  }

  /** Unpacks it once; aside first, so that nobody ever maps half of it. */
  private static Path nativeLibrary(List<Path> jars, Path target) throws IOException {
    var name = "libaws-lambda-jni.linux-" + architecture() + ".so";
    var library = target.resolve(name);
    if (Files.exists(library)) {
      return library;
    }
    for (var jar : jars) {
      try (var archive = new ZipFile(jar.toFile())) {
        var entry = archive.getEntry("jni/" + name);
        if (entry != null) {
          var aside = Files.createTempFile(target, name, ".new");
          try (var bytes = archive.getInputStream(entry)) {
            Files.copy(bytes, aside, StandardCopyOption.REPLACE_EXISTING);
          }
          return Files.move(aside, library, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    throw new NoSuchFileException(library.toString());
  }

  private static String architecture() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "aarch_64" : "x86_64";
  }

  private static List<Path> jars(Path library) throws IOException {
    try (Stream<Path> files = Files.list(library)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static Map<String, String> variables(Path file) throws IOException {
    var variables = new TreeMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  /** The same with more in every function's environment. */
  public FunctionPackage with(Map<String, String> more) {
    var all = new TreeMap<>(variables);
    all.putAll(more);
    return new FunctionPackage(folder, classPath, all, library, classCache);
  }

  /** The same for a function that hashes no blobs: it starts in half the CPU time. */
  public FunctionPackage quickToStart() {
    return with(Map.of(JVM_OPTIONS, variables.getOrDefault(JVM_OPTIONS, "") + QUICK_TO_START));
  }

  /** The same, with processes that begin with these classes. */
  public FunctionPackage with(Path cache) {
    return new FunctionPackage(folder, classPath, variables, library, Optional.of(cache));
  }

  /** The same for a process that primes itself, and at its end writes what it has loaded. */
  FunctionPackage writingClassCache(Path file) {
    var options =
        variables.getOrDefault(JVM_OPTIONS, "") + " -Xlog:aot*=error -XX:AOTCacheOutput=" + file;
    return with(PRIMED).with(Map.of(JVM_OPTIONS, options));
  }

  /** Where the cache of this package's classes belongs. */
  Path classCacheFile() {
    return folder.resolveSibling(CLASS_CACHE);
  }

  /** Whether a file was made of this package, and not of an earlier one. */
  boolean isOlderThan(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    var made = Files.getLastModifiedTime(file);
    for (var jar : jars(folder.resolve("lib"))) {
      if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** How a process begins; the JVM's options go before what it would only find and announce. */
  List<String> command() {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(variables.getOrDefault(JVM_OPTIONS, "").split(" ", -1)));
    command.addAll(MEMORY);
    command.add("-D" + NATIVE_PROPERTY + "=" + library);
    classCache.ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.addAll(List.of(RUNTIME_MAIN, variables.getOrDefault(HANDLER, "")));
    return command;
  }

  /** The environment of a process, whole: nothing of ours is inherited. */
  Map<String, String> environment() {
    var environment = new TreeMap<>(variables);
    environment.remove(JVM_OPTIONS);
    return environment;
  }
}
