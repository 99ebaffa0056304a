package dev.roadstead.aws;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class AwsRulesTest implements HouseRules {
  private static final JavaClasses CLASSES = HouseRules.classesOf("dev.roadstead.aws");

  @Test
  void knowsThePortsAndTheirValuesAndNoProtocol() {
    needOnly(
        "dev.roadstead.aws..",
        "dev.roadstead.document..", // one service is spoken to without the SDK
        "dev.roadstead.hash..",
        "dev.roadstead.model..",
        "dev.roadstead.store..",
        "javax.crypto..",
        "tools.jackson.core..",
        "software.amazon.awssdk..");
  }

  @Override
  public JavaClasses ownClasses() {
    return CLASSES;
  }
}
