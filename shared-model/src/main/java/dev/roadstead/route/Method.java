package dev.roadstead.route;

import java.util.Optional;

/** The HTTP methods of the registry API; every other one is refused with 405. */
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** The method of this name; methods are case-sensitive (RFC 9110, section 9.1). */
  public static Optional<Method> named(String name) {
    for (var method : values()) {
      if (method.name().equals(name)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
