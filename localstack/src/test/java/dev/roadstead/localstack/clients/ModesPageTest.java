package dev.roadstead.localstack.clients;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.docs.Pages;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Makes the page of modes from what the tests have reported in each, so it runs after them: {@code
 * roadstead test --all} does that.
 */
@Tag("results")
class ModesPageTest {
  private static final String CLIENTS = ModesPageTest.class.getPackageName();
  private static final String SPEC = CLIENTS.replace(".clients", ".spec");

  private static final Path REPORTS = Pages.ROOT.resolve("localstack/target/surefire-reports");

  /** How the registry ran, and what the reports' names end with then. */
  private enum Mode {
    EMBEDDED("embedded stores", ""),
    AWS("AWS stores", "-aws"),
    PROCESSES("function processes", "-processes");

    private final String heading;
    private final String suffix;

    Mode(String heading, String suffix) {
      this.heading = heading;
      this.suffix = suffix;
    }
  }

  @Test
  void showsWhatPassedInEachMode() throws IOException {
    var rows = new ArrayList<List<String>>();
    clients().forEach(type -> rows.add(row(name(type), List.of(type.getName()))));
    rows.add(row("ten of them, held to the rights of accounts", rights()));
    rows.add(row("[every requirement](requirements.md)", specification()));
    for (var row : rows) {
      assumeFalse(row.contains("skipped"), () -> "a client is not installed: " + row);
    }
    new GeneratedPage()
        .add("# Clients and modes")
        .add(
            """
            Made by `ModesPageTest` from the reports of `./roadstead test --all`; not written by hand.
            """)
        .add(
            """
            The tests of [every client](clients.md) and of [every requirement](requirements.md) of the
            specification, on three registries that `./roadstead up` starts:
            """)
        .add(
            """
            - **embedded stores**: as it comes.
            - **AWS stores**: `--backend aws`, with [servers that stand in for
              AWS](decisions/0042-servers-instead-of-aws.md).
            - **function processes**: the same with `--functions processes`, where every operation is
              the package that Lambda gets, under Lambda's Java runtime client. Here images are also
              pushed and pulled while every three seconds one of those processes is killed, whatever
              it is doing: pulls notice nothing; a push that was answered with 502 is tried again, by
              the client or by whoever runs it.
            """)
        .table(
            Stream.concat(Stream.of(""), Stream.of(Mode.values()).map(mode -> mode.heading))
                .toList(),
            rows)
        .add(
            """
            Blobs of two gigabytes and more are tested on embedded stores only, where nothing hides what
            the server itself does.
            """)
        .check("modes.md");
  }

  private static List<Class<?>> clients() {
    return ReflectionSupport.findAllClassesInPackage(
            CLIENTS, type -> type.isAnnotationPresent(Listed.class), name -> true)
        .stream()
        .sorted(comparing(type -> name(type).toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Listed.class).value();
  }

  private static List<String> rights() {
    return ReflectionSupport.findAllClassesInPackage(
            CLIENTS,
            type ->
                RightsContract.class.isAssignableFrom(type)
                    && !Modifier.isAbstract(type.getModifiers()),
            name -> true)
        .stream()
        .map(Class::getName)
        .toList();
  }

  /** The classes that hold the registry to requirements; their names, for nobody else sees them. */
  private static List<String> specification() {
    return ReflectionSupport.findAllClassesInPackage(
            SPEC, ModesPageTest::isOfRequirements, n -> true)
        .stream()
        .map(Class::getName)
        .toList();
  }

  private static boolean isOfRequirements(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .flatMap(method -> Stream.of(method.getAnnotations()))
        .anyMatch(mark -> mark.annotationType().getSimpleName().equals("Requirement"));
  }

  private static List<String> row(String name, List<String> types) {
    var row = new ArrayList<>(List.of(name));
    for (var mode : Mode.values()) {
      var results = types.stream().map(type -> result(type, mode)).distinct().toList();
      row.add(results.size() == 1 ? results.getFirst() : "failed");
    }
    return row;
  }

  private static String result(String type, Mode mode) {
    var report = REPORTS.resolve("TEST-" + type + mode.suffix + ".xml");
    if (!Files.exists(report)) {
      throw new AssertionError("there is no " + report + "; run ./roadstead test --all");
    }
    var head = head(Pages.read(report));
    if (count(head, "errors") + count(head, "failures") > 0) {
      return "failed";
    }
    return count(head, "skipped") > 0 ? "skipped" : "passed";
  }

  private static String head(String report) {
    return report.substring(0, report.indexOf('>', report.indexOf("<testsuite")));
  }

  private static int count(String head, String what) {
    var found = Pattern.compile("\\b" + what + "=\"(\\d+)\"").matcher(head);
    assertThat(found.find()).as(what).isTrue();
    return Integer.parseInt(found.group(1));
  }
}
