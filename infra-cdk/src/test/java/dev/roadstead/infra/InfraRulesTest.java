package dev.roadstead.infra;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InfraRulesTest implements HouseRules {
  @Override
  public JavaClasses ownClasses() {
    return HouseRules.classesOf("dev.roadstead.infra");
  }

  @Override
  public Set<Class<?>> printers() {
    return Set.of(Synth.class);
  }

  @Test
  void knowsTheCoreAndTheCdkAndNoFunction() {
    needOnly(
        "dev.roadstead.infra..",
        "dev.roadstead.route..",
        "dev.roadstead.document..",
        "dev.roadstead.error..",
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.store..",
        "dev.roadstead.wire..",
        "software.amazon.awscdk..",
        "software.amazon.jsii..",
        "software.constructs..",
        "picocli..",
        "tools.jackson..");
  }
}
