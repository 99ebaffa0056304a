package dev.roadstead.localstack.spec;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.roadstead.docs.GeneratedPage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** Makes the page of requirements from the tests, and its results by running them. */
class RequirementsPageTest {
  private static final List<Class<?>> TESTS =
      ReflectionSupport.findAllClassesInPackage(
              RequirementsPageTest.class.getPackageName(),
              type -> SpecTest.class.isAssignableFrom(type) && type != SpecTest.class,
              name -> true)
          .stream()
          .sorted(comparing(Class::getSimpleName))
          .toList();

  /** A requirement, and the test that holds the registry to it. */
  private record Held(Requirement requirement, Method test) {
    String id() {
      return requirement.section().letters() + "-" + requirement.number();
    }

    String testName() {
      return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }

    String level() {
      return switch (requirement.level()) {
        case CLIENTS -> "clients";
        case MUST, MUST_NOT, SHOULD, SHOULD_NOT, MAY ->
            requirement.level().name().replace('_', ' ');
      };
    }

    List<String> row(Map<String, String> results) {
      var result = results.getOrDefault(testName(), "not run");
      var departure = requirement.departure();
      return List.of(
          id(),
          level(),
          requirement.value(),
          "`" + testName() + "`",
          departure.isEmpty() ? result : result + "; departs: " + departure);
    }
  }

  @Test
  void showsEveryRequirementWithItsTestAndResult() throws IOException {
    var results = run();
    var page =
        new GeneratedPage()
            .add("# Requirements")
            .add(
                """
                Made from the annotation `@Requirement` of the tests in
                [localstack/…/spec](../localstack/src/test/java/dev/roadstead/localstack/spec) by
                `RequirementsPageTest`, which runs them for the last column; not written by hand.
                """)
            .add(
                """
                What the OCI distribution specification asks of a registry, in our own words and
                in the order of its sections: those of the main branch, which has all of version
                1.1.1. The level is the specification's word. `clients` marks what it leaves open
                and clients that people use cannot do without. Where the registry departs from a
                requirement, the test shows what it does instead, and the last column why.
                """)
            .add(summary());
    for (var section : Requirement.Section.values()) {
      page.add("## " + section.heading())
          .table(
              List.of("id", "level", "requirement", "test", "result"),
              held(section).stream().map(held -> held.row(results)).toList());
    }
    page.check("requirements.md");
  }

  @Test
  void givesNoNumberTwice() {
    for (var section : Requirement.Section.values()) {
      assertThat(held(section)).as(section.heading()).isNotEmpty();
      assertThat(held(section)).extracting(Held::id).doesNotHaveDuplicates();
    }
  }

  private static String summary() {
    var counts = new TreeMap<Requirement.Level, Integer>();
    long departures = 0;
    for (var section : Requirement.Section.values()) {
      for (var held : held(section)) {
        counts.merge(held.requirement().level(), 1, Integer::sum);
        departures += held.requirement().departure().isEmpty() ? 0 : 1;
      }
    }
    var parts =
        counts.entrySet().stream()
            .map(
                entry ->
                    entry.getValue()
                        + " "
                        + (entry.getKey() == Requirement.Level.CLIENTS
                            ? "of clients"
                            : entry.getKey().name().replace('_', ' ')))
            .toList();
    return "%d requirements: %s. Departures: %d."
        .formatted(
            counts.values().stream().mapToInt(i -> i).sum(), String.join(", ", parts), departures);
  }

  private static List<Held> held(Requirement.Section section) {
    return TESTS.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Requirement.class))
        .map(method -> new Held(method.getAnnotation(Requirement.class), method))
        .filter(held -> held.requirement().section() == section)
        .sorted(comparingInt(held -> held.requirement().number()))
        .toList();
  }

  /** Runs all tests; tells of each, by class and method, whether it passed. */
  private static Map<String, String> run() {
    var results = new Results();
    LauncherFactory.create()
        .execute(
            request()
                .selectors(TESTS.stream().map(type -> selectClass(type)).toList())
                .filters(includeEngines("junit-jupiter"))
                .build(),
            results);
    return results.byTest();
  }

  /** Of a test that ran several times, the worst. */
  private static final class Results implements TestExecutionListener {
    private static final String PASSED = "passed";

    private final Map<String, String> byTest = new ConcurrentHashMap<>();

    Map<String, String> byTest() {
      return byTest;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      add(test, result.getStatus() == Status.SUCCESSFUL ? PASSED : "failed");
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      add(test, "skipped");
    }

    private void add(TestIdentifier test, String result) {
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .map(source -> source.getJavaClass().getSimpleName() + "." + source.getMethodName())
          .ifPresent(
              name ->
                  byTest.merge(
                      name, result, (before, now) -> before.equals(PASSED) ? now : before));
    }
  }
}
