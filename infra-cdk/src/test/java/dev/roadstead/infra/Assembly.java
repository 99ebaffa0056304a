package dev.roadstead.infra;

import dev.roadstead.docs.Pages;
import dev.roadstead.infra.edge.EdgeRuntime;
import dev.roadstead.infra.function.FunctionPackage;
import dev.roadstead.route.Task;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.Aspects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The assembly of an installation as it comes out, made once for all tests: that takes seconds. */
final class Assembly {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<Map<String, String>, Assembly> MADE = new ConcurrentHashMap<>();

  private final Path folder;

  private Assembly(Path folder) {
    this.folder = folder;
  }

  /** With nothing switched otherwise than it comes. */
  static Assembly plain() {
    return of(Map.of());
  }

  /** The web ACL that {@link #limited()} has. */
  static final String WEB_ACL =
      "arn:aws:wafv2:us-east-1:111122223333:global/webacl/limit/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";

  /** With a limit to requests. */
  static Assembly limited() {
    return of(Map.of("rateLimit", "600", "webAcl", WEB_ACL));
  }

  /** With these switches. */
  static Assembly of(Map<String, String> switches) {
    return MADE.computeIfAbsent(switches, Assembly::make);
  }

  private static Assembly make(Map<String, String> switches) {
    EdgeRuntime.assumeNode();
    try {
      var name = Integer.toHexString(switches.hashCode());
      var folder = Files.createDirectories(Path.of("target/assemblies").resolve(name));
      var functions = FunctionPackage.at(functionPackage(folder.resolve("functions.zip")));
      var relay = functionPackage(folder.resolve("relay.zip"));
      var installation =
          Installation.of(Switches.of(switches), functions, relay, folder.resolve("out"));
      Aspects.of(installation.app()).add(new AwsSolutionsChecks());
      installation.app().synth();
      return new Assembly(folder.resolve("out"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All of a package but the code, which no template says anything of. */
  static Path functionPackage(Path file) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      var settings = new ZipEntry("function.env");
      settings.setTime(0); // else no two assemblies would have the same assets
      zip.putNextEntry(settings);
      zip.write(
          Files.readAllBytes(Pages.ROOT.resolve("functions/lambda/src/main/package/function.env")));
    }
    return file;
  }

  /** What cdk-nag and the CDK itself find and nobody has explained. */
  List<String> findings() {
    return findings(folder);
  }

  static List<String> findings(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  file.toString().endsWith("manifest.json")
                      || file.toString().endsWith("metadata.json"))
          .flatMap(file -> read(file).findParents("type").stream())
          .filter(entry -> entry.path("type").asString().matches("aws:cdk:(error|warning)"))
          .map(entry -> entry.path("data").asString())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The templates. */
  List<Path> templates() {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".template.json")).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The template of what is kept. */
  Template data() {
    return template("RoadsteadData");
  }

  /** The template of the registry. */
  Template registry() {
    return template("Roadstead");
  }

  /** The template of the limit. */
  Template limit() {
    return template("RoadsteadLimit");
  }

  /** The Region that a stack is made for, if it is made for one. */
  String environment(String stack) {
    return read(folder.resolve("manifest.json"))
        .path("artifacts")
        .path(stack)
        .path("environment")
        .asString();
  }

  private Template template(String stack) {
    return new Template(read(folder.resolve(stack + ".template.json")));
  }

  private static JsonNode read(Path file) {
    return JSON.readTree(file.toFile());
  }

  /** What a role may do. */
  static Stream<JsonNode> statements(JsonNode role) {
    return role.at("/Policies/0/PolicyDocument/Statement").values().stream();
  }

  /** The actions of a statement. */
  static List<String> actions(JsonNode statement) {
    var action = statement.path("Action");
    return action.isArray()
        ? action.values().stream().map(JsonNode::asString).toList()
        : List.of(action.asString());
  }

  /** A template. */
  record Template(JsonNode json) {
    /** The resources of a type, each with its {@code Properties}. */
    List<JsonNode> all(String type) {
      return resources().filter(r -> r.path("Type").asString().equals(type)).toList();
    }

    /** The logical names of the resources of a type. */
    List<String> names(String type) {
      return json.path("Resources").properties().stream()
          .filter(resource -> resource.getValue().path("Type").asString().equals(type))
          .map(Map.Entry::getKey)
          .toList();
    }

    /** The only one of its type. */
    JsonNode only(String type) {
      var all = all(type);
      if (all.size() != 1) {
        throw new AssertionError("there are " + all.size() + " of " + type);
      }
      return all.getFirst().path("Properties");
    }

    /** The properties of the resource of this logical name. */
    JsonNode named(String logicalName) {
      return json.path("Resources").path(logicalName).path("Properties");
    }

    /** What an intrinsic function leads to: {@code Ref} or {@code Fn::GetAtt}. */
    JsonNode behind(JsonNode reference) {
      var name =
          reference.has("Ref")
              ? reference.path("Ref").asString()
              : reference.path("Fn::GetAtt").path(0).asString();
      return named(name);
    }

    /** The function of a task. */
    JsonNode function(Task task) {
      return functions(task).getFirst();
    }

    /** Whether a reference leads to the alias of this task's function. */
    boolean isOf(JsonNode reference, Task task) {
      return behind(behind(reference).path("FunctionName")).equals(function(task));
    }

    /** The functions that say that they are this task's. */
    List<JsonNode> functions(Task task) {
      return all("AWS::Lambda::Function").stream()
          .map(function -> function.path("Properties"))
          .filter(
              properties ->
                  properties
                      .at("/Environment/Variables/ROADSTEAD_FUNCTION")
                      .asString()
                      .equals(task.functionName()))
          .toList();
    }

    private Stream<JsonNode> resources() {
      return json.path("Resources").values().stream();
    }
  }
}
