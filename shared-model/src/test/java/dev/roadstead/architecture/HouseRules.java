package dev.roadstead.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.wire.ErrorDocument;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;

/**
 * Rules that hold in every module. Each module has a test that asks them of its own packages, so
 * that a build of one module finds what is wrong in it.
 */
public interface HouseRules {
  /** Everything of the JSON library but the generator that a document is written with. */
  DescribedPredicate<JavaClass> JSON_LIBRARY =
      JavaClass.Predicates.resideInAPackage("tools.jackson..")
          .and(not(JavaClass.Predicates.equivalentTo(JsonGenerator.class)))
          .as("belong to the JSON library, JsonGenerator excepted");

  /** Where time and chance come from, as {@code class.member}. */
  Set<String> CLOCKS_AND_CHANCE =
      Set.of(
          "java.lang.Math.random",
          "java.lang.System.currentTimeMillis",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.systemUTC",
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current");

  /** What a terminal shows, likewise. */
  Set<String> CONSOLE =
      Set.of("java.lang.System.out", "java.lang.System.err", "java.lang.Throwable.printStackTrace");

  /** The module's classes, without tests. */
  JavaClasses ownClasses();

  /** The classes that put a program together: they alone make a clock and chance. */
  default Set<Class<?>> assemblers() {
    return Set.of();
  }

  /** The classes that talk to a terminal. */
  default Set<Class<?>> printers() {
    return Set.of();
  }

  /** The classes of a package and below, without tests. */
  static JavaClasses classesOf(String packageName) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(packageName);
  }

  @Test
  default void packagesHaveNoCycles() {
    slices().matching("dev.roadstead.(**)").should().beFreeOfCycles().check(ownClasses());
  }

  @Test
  default void noPackageKnowsNull() {
    classes().should(lieInAPackageWithoutNull()).check(ownClasses());
  }

  @Test
  default void errorsBecomeStatusesInOnePlace() {
    onlyUsedBy(RegistryException.class, ErrorCode.class, "status").check(ownClasses());
    onlyUsedBy(ErrorDocument.class, RegistryException.class, "status").check(ownClasses());
  }

  @Test
  default void timeAndChanceComeInByConstructor() {
    nobodyUses(CLOCKS_AND_CHANCE, assemblers()).check(ownClasses());
  }

  @Test
  default void nothingPrints() {
    nobodyUses(CONSOLE, printers()).check(ownClasses());
  }

  /** The classes depend on nothing but Java, JSpecify and these packages. */
  default void needOnly(String... packages) {
    var allowed = Stream.concat(Stream.of("java..", "org.jspecify.."), Stream.of(packages));
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(ownClasses());
  }

  private static ArchRule onlyUsedBy(Class<?> user, Class<?> owner, String member) {
    return nobodyUses(Set.of(owner.getName() + "." + member), Set.of(user, owner));
  }

  private static ArchRule nobodyUses(Set<String> members, Set<Class<?>> but) {
    return noClasses()
        .that(describe("are not in " + but, each -> but.stream().noneMatch(each::isEquivalentTo)))
        .should()
        .accessTargetWhere(
            describe(
                "is one of " + members,
                access ->
                    members.contains(access.getTargetOwner().getName() + "." + access.getName())));
  }

  private static ArchCondition<JavaClass> lieInAPackageWithoutNull() {
    return new ArchCondition<>("lie in a package that is @NullMarked") {
      @Override
      public void check(JavaClass each, ConditionEvents events) {
        boolean marked = each.getPackage().isAnnotatedWith(NullMarked.class);
        var message = each.getPackageName() + " has no package-info.java with @NullMarked";
        events.add(new SimpleConditionEvent(each, marked, message));
      }
    };
  }
}
