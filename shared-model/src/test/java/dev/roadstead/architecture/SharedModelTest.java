package dev.roadstead.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import dev.roadstead.registry.DayKeys;
import dev.roadstead.registry.Keys;
import dev.roadstead.secret.Secrets;
import dev.roadstead.store.Key;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedModelTest implements HouseRules {
  /** Every package of the module, with the packages it may know besides itself. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          entry("hash", Set.of()),
          entry("error", Set.of()),
          entry("model", Set.of("hash")),
          entry("store", Set.of("hash", "model")),
          entry("route", Set.of("hash", "error", "model", "document")),
          entry("rule", Set.of("error", "model", "route")),
          entry("document", Set.of("hash", "error", "model")),
          entry("registry", Set.of("hash", "error", "model", "store", "route", "rule", "document")),
          entry(
              "wire",
              Set.of("hash", "error", "model", "store", "route", "rule", "document", "registry")),
          entry(
              "access",
              Set.of("hash", "error", "model", "store", "document", "route", "rule", "registry")),
          entry("secret", Set.of("hash", "model", "store")),
          entry("memory", Set.of("hash", "model", "store")),
          entry("client", Set.of("hash", "model", "route")));

  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.getPackage("dev.roadstead").getSubpackages())
        .extracting(JavaPackage::getRelativeName)
        .containsExactlyInAnyOrderElementsOf(MAY_KNOW.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyThoseBelowIt(String name) {
    var others =
        packages()
            .filter(
                other ->
                    !other.equals(name) && !MAY_KNOW.getOrDefault(name, Set.of()).contains(other))
            .map(SharedModelTest::identifier)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(identifier(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(CLASSES);
  }

  static Stream<String> packages() {
    return MAY_KNOW.keySet().stream().sorted();
  }

  private static String identifier(String name) {
    return "dev.roadstead." + name + "..";
  }

  @Test
  void nothingHereKnowsACloudAServerOrAFramework() {
    needOnly(
        "dev.roadstead..",
        "javax.crypto..",
        "javax.net.ssl..",
        "org.bouncycastle.crypto..",
        "tools.jackson..");
  }

  @Test
  void jsonIsReadOnlyWhereItArrives() {
    noClasses()
        .that()
        .resideOutsideOfPackages(identifier("document"), identifier("client"))
        .should()
        .dependOnClassesThat(JSON_LIBRARY)
        .check(CLASSES);
  }

  /**
   * So that the kinds of record that {@code fsck} looks at can be compared with them. Secrets lie
   * in a table of their own, which it never sees.
   */
  @Test
  void onlyKeysMakesKeys() {
    noClasses()
        .that()
        .areNotAssignableTo(Keys.class)
        .and()
        .areNotAssignableTo(DayKeys.class)
        .and()
        .areNotAssignableTo(Secrets.class)
        .should()
        .callConstructor(Key.class, String.class, String.class)
        .check(CLASSES);
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
