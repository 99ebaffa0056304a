package dev.roadstead.lambda;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import java.util.Set;

class LambdaRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.lambda");

  @Override
  public Set<Class<?>> assemblers() {
    return Set.of(Wiring.class);
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
