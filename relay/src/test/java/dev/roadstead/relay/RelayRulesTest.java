package dev.roadstead.relay;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class RelayRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.relay");

  @Test
  void knowsTheCoreAndNoServer() {
    needOnly(
        "dev.roadstead.relay..",
        "dev.roadstead.error..",
        "dev.roadstead.model..",
        "dev.roadstead.route..",
        "dev.roadstead.rule..",
        "dev.roadstead.wire..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
