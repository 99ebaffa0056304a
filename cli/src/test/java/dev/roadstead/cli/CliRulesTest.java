package dev.roadstead.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class CliRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.cli");

  @Test
  void reachesARegistryOnlyAsAClient() {
    needOnly(
        "dev.roadstead.cli..",
        "dev.roadstead.client..",
        "dev.roadstead.document..",
        "dev.roadstead.error..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.pause..",
        "picocli..",
        "tools.jackson..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
