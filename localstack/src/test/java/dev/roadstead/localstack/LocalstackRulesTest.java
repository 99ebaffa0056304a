package dev.roadstead.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalstackRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.localstack");

  @Test
  void onlyTheWiringKnowsWhichDatabaseAndWhichEndpointsThereAre() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(LocalRegistry.class, Stores.class)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.roadstead.embedded.SqliteMetadataStore")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.roadstead.endpoints.Endpoints")
        .check(CLASSES);
  }

  @Test
  void knowsNoProtocolInDetail() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(FunctionUrl.class) // the format of another
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.roadstead.memory..", "dev.roadstead.document..", "tools.jackson..")
        .check(CLASSES);
  }

  @Override
  public Set<Class<?>> assemblers() {
    return Set.of(LocalRegistry.class, Up.class);
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
