package dev.roadstead.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CliRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.cli");

  @Test
  void knowsTheFunctionsAndTheEmbeddedStoresOnlyToOpenAFolder() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(LocalDoor.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.roadstead.embedded..",
            "dev.roadstead.endpoints..",
            "dev.roadstead.registry..",
            "dev.roadstead.rule..",
            "dev.roadstead.store..")
        .check(CLASSES);
  }

  @Test
  void knowsTheEndpointTableOnlyToOpenAFolderAndToProveAnInstallation() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(LocalDoor.class)
        .and()
        .resideOutsideOfPackage("dev.roadstead.cli.doctor")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.roadstead.route..")
        .check(CLASSES);
  }

  @Test
  void knowsNoServer() {
    needOnly(
        "dev.roadstead.access..",
        "dev.roadstead.cli..",
        "dev.roadstead.client..",
        "dev.roadstead.document..",
        "dev.roadstead.embedded..",
        "dev.roadstead.endpoints..",
        "dev.roadstead.error..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.pause..",
        "dev.roadstead.registry..",
        "dev.roadstead.route..",
        "dev.roadstead.rule..",
        "dev.roadstead.store..",
        "dev.roadstead.wire..",
        "picocli..",
        "tools.jackson..");
  }

  @Override
  public Set<Class<?>> assemblers() {
    return Set.of(LocalDoor.class, Main.class);
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
