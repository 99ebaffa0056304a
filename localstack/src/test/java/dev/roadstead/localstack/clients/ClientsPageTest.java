package dev.roadstead.localstack.clients;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.docs.Pages;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Makes the page of clients from the tests that drive them. */
class ClientsPageTest {
  /** What the test with the broken connection finds out beside. */
  private static final String RESUMES = "asks for nothing but the rest after a broken connection";

  private static final List<Class<?>> CLIENTS =
      ReflectionSupport.findAllClassesInPackage(
              ClientsPageTest.class.getPackageName(),
              type -> type.isAnnotationPresent(Listed.class),
              name -> true)
          .stream()
          .sorted(comparing(type -> name(type).toLowerCase(Locale.ROOT)))
          .toList();

  @Test
  void listsEveryClientWithWhatItDoes() throws IOException {
    assertThat(CLIENTS).hasSizeGreaterThanOrEqualTo(13);
    new GeneratedPage()
        .add("# Clients")
        .add(
            """
            Made from the tests in
            [localstack/…/clients](../localstack/src/test/java/dev/roadstead/localstack/clients) by
            `ClientsPageTest`; not written by hand.
            """)
        .add(
            """
            Unmodified clients, each against the registry that `./roadstead up` starts. The last
            column says which command runs its tests; `test --all` also runs those that take long. A client that cannot be had is reported as skipped, by name.
            """)
        .table(
            List.of("client", "version", "sends", "`./roadstead`"),
            CLIENTS.stream().map(ClientsPageTest::row).toList())
        .add("## What they do")
        .add(
            """
            One row for each test, in its words; digests of what came out are compared with those of
            what went in. "Every size" is 1 KB, 5 MB and 60 MB: below what a function takes, above it,
            and far above it.
            """)
        .table(List.of("it", "clients"), behaviours())
        .check("clients.md");
  }

  private static List<String> row(Class<?> type) {
    var listed = type.getAnnotation(Listed.class);
    return List.of(
        "[%s](../localstack/src/test/java/dev/roadstead/localstack/clients/%s.java)"
            .formatted(listed.value(), type.getSimpleName()),
        version(type),
        listed.sends(),
        isLong(type) ? "`test --all`" : "`test`");
  }

  private static List<List<String>> behaviours() {
    var clients = new TreeMap<String, List<String>>();
    for (var type : CLIENTS) {
      for (var test : tests(type)) {
        clients.computeIfAbsent(sentence(test), first -> new ArrayList<>()).add(name(type));
      }
      if (resumes(type)) {
        clients.computeIfAbsent(RESUMES, first -> new ArrayList<>()).add(name(type));
      }
    }
    return clients.entrySet().stream()
        .sorted(comparingInt(row -> -row.getValue().size()))
        .map(row -> List.of(row.getKey(), String.join(", ", row.getValue())))
        .toList();
  }

  private static boolean resumes(Class<?> type) {
    return ReflectionSupport.newInstance(type) instanceof ClientContract client && client.resumes();
  }

  private static List<Method> tests(Class<?> type) {
    return ReflectionSupport.findMethods(
        type,
        method -> AnnotationSupport.isAnnotated(method, Testable.class),
        HierarchyTraversalMode.TOP_DOWN);
  }

  private static boolean isLong(AnnotatedElement test) {
    return AnnotationSupport.findRepeatableAnnotations(test, Tag.class).stream()
        .anyMatch(tag -> tag.value().equals("long"));
  }

  /** The name of a method, as words. */
  private static String sentence(Method test) {
    return test.getName().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Listed.class).value();
  }

  private static String version(Class<?> type) {
    var key = type.getAnnotation(Listed.class).version();
    var tool = Pattern.compile("(?m)^" + key + " +\\S+ +\\S+ +v?(\\S+)$");
    var property = Pattern.compile("<" + key + ">(.+)</" + key + ">");
    return Stream.of(
            tool.matcher(Pages.read(Pages.ROOT.resolve("localstack/tools/install"))),
            property.matcher(Pages.read(Pages.ROOT.resolve("pom.xml"))))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no version of " + key));
  }
}
