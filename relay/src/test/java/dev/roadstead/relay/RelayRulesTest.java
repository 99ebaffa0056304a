package dev.roadstead.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import dev.roadstead.relay.server.RelayServer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelayRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.relay");

  @Test
  void theLibraryKnowsTheCoreAndNoServer() {
    classes()
        .that()
        .resideInAPackage("dev.roadstead.relay")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.roadstead.relay",
            "dev.roadstead.error..",
            "dev.roadstead.model..",
            "dev.roadstead.route..",
            "dev.roadstead.rule..",
            "dev.roadstead.wire..")
        .check(CLASSES);
  }

  @Override
  public Set<Class<?>> assemblers() {
    return Set.of(RelayServer.class);
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
