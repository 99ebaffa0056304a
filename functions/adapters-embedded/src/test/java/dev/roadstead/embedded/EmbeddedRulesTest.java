package dev.roadstead.embedded;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class EmbeddedRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.embedded");

  @Test
  void knowsThePortsAndTheirValuesAndNoProtocol() {
    needOnly(
        "dev.roadstead.embedded..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.store..",
        "javax.crypto..",
        "org.sqlite..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
