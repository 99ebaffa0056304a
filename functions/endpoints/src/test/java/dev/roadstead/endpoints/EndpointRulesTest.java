package dev.roadstead.endpoints;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.roadstead.architecture.HouseRules;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.endpoints.jobs.LogBatch;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EndpointRulesTest implements HouseRules {
  private static final String HTTP = "dev.roadstead.endpoints.http..";
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.endpoints");
  private static final DescribedPredicate<JavaClass> IS_ENDPOINT =
      assignableTo(Endpoint.class).and(DescribedPredicate.not(resideInAPackage(HTTP)));

  @Test
  void everyOperationHasOneClassOfItsNameAndEveryClassItsOperation() {
    var endpoints = CLASSES.that(IS_ENDPOINT).stream().map(JavaClass::getSimpleName).toList();

    assertThat(endpoints)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operation.values()).map(EndpointRulesTest::className).toList());
  }

  @Test
  void everyJobHasAClassOfItsName() {
    var jobs = CLASSES.that(resideInAPackage("..jobs")).stream().map(JavaClass::getSimpleName);

    assertThat(jobs)
        .containsAll(Arrays.stream(Job.values()).map(EndpointRulesTest::className).toList());
  }

  private static String className(Task task) {
    var name = new StringBuilder();
    for (var word : task.functionName().split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  @Test
  void anEndpointKeepsNothingFromOneRequestToTheNext() {
    classes()
        .that(IS_ENDPOINT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .haveOnlyFinalFields()
        .check(CLASSES);
  }

  @Test
  void endpointsOfOneKindKnowNothingOfTheOthers() {
    slices()
        .matching("dev.roadstead.endpoints.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage(HTTP))
        .check(CLASSES);
  }

  @Test
  void jsonIsLeftToTheDocuments() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(S3Events.class, LogBatch.class) // the formats of others
        .should()
        .dependOnClassesThat(JSON_LIBRARY)
        .check(CLASSES);
  }

  @Test
  void endpointsKnowTheCoreAndNoCloudNoServerNoStore() {
    needOnly(
        "dev.roadstead.access..",
        "dev.roadstead.endpoints..",
        "dev.roadstead.document..",
        "dev.roadstead.error..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.registry..",
        "dev.roadstead.route..",
        "dev.roadstead.rule..",
        "dev.roadstead.secret..",
        "dev.roadstead.store..",
        "dev.roadstead.wire..",
        "org.slf4j..",
        "tools.jackson..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
