package dev.roadstead.pause;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class PauseRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.pause");

  @Test
  void knowsTheRegistryOnlyAsItsClientDoes() {
    needOnly(
        "dev.roadstead.pause..",
        "dev.roadstead.client..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "tools.jackson..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
