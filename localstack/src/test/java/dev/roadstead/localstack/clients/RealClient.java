package dev.roadstead.localstack.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class that drives installed programs; skipped by name where one cannot be had. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("clients")
@ExtendWith(Tools.class)
@interface RealClient {
  /** The programs it runs, each listed in {@code localstack/tools/install}. */
  String[] programs();

  /** Whether one of them is a daemon that only root can run. */
  boolean root() default false;
}
