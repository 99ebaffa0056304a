package dev.roadstead.secret;

import java.util.Optional;

/** What keys are for. No key is for two things. */
public enum Purpose {
  /** Signs upload locations: functions and edge. */
  LOCATION("location", Optional.of("location-keys")),
  /** Signs tokens: functions only, which never believe the edge when something is to change. */
  TOKEN("token", Optional.empty()),
  /** Seals in tokens what the edge looks at. */
  EDGE("edge", Optional.of("edge-keys")),
  /** By what functions know the edge. */
  ORIGIN("origin", Optional.of("origin-keys")),
  /** Signs addresses at which the CDN gives out objects. */
  READ("read", Optional.of("read-keys"));

  private final String attribute;
  private final Optional<String> edgeName;

  Purpose(String attribute, Optional<String> edgeName) {
    this.attribute = attribute;
    this.edgeName = edgeName;
  }

  /** Where such keys lie in the item. */
  String attribute() {
    return attribute;
  }

  /** By which name the edge's code asks for them, if it has them. */
  public Optional<String> edgeName() {
    return edgeName;
  }
}
