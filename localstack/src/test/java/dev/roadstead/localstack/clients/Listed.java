package dev.roadstead.localstack.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A kind of client, as {@code docs/clients.md} lists it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Listed {
  /** What people call it, without its version. */
  String value();

  /** The line of {@code localstack/tools/install}, or the property of the pom, with its version. */
  String version();

  /** How it sends what is long, and which way that takes. */
  String sends();
}
