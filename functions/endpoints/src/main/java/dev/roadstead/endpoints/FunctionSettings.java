package dev.roadstead.endpoints;

import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a function is told by its environment, besides where its stores are: as variables there, and
 * as values here.
 *
 * @param function which one it is
 * @param locationKeys the keys of {@link LocationKeys}, the one that signs first
 * @param registry what the operator allows; lives are never set in an environment
 */
public record FunctionSettings(
    Operation function, List<byte[]> locationKeys, RegistrySettings registry) {
  private static final String FUNCTION = "ROADSTEAD_FUNCTION";
  private static final String KEYS = "ROADSTEAD_LOCATION_KEYS";
  private static final String SPARSE_INDEXES = "ROADSTEAD_SPARSE_INDEXES";
  private static final String ALLOW = "allow";
  private static final String REFUSE = "refuse";

  /** The variables that these settings stand in. */
  public static final Set<String> VARIABLES = Set.of(FUNCTION, KEYS, SPARSE_INDEXES);

  /** Copies the keys. */
  public FunctionSettings {
    locationKeys = locationKeys.stream().map(byte[]::clone).toList();
  }

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException with what is wrong, and never with a key
   */
  public static FunctionSettings of(Map<String, String> variables) {
    var keys = variables.getOrDefault(KEYS, "");
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(KEYS + " is missing: base64, one key or several by comma");
    }
    var sparse = variables.getOrDefault(SPARSE_INDEXES, REFUSE);
    if (!sparse.equals(ALLOW) && !sparse.equals(REFUSE)) {
      throw new IllegalArgumentException(SPARSE_INDEXES + " is " + ALLOW + " or " + REFUSE);
    }
    return new FunctionSettings(
        function(variables.getOrDefault(FUNCTION, "")),
        Arrays.stream(keys.split(",", -1)).map(FunctionSettings::key).toList(),
        RegistrySettings.DEFAULTS.withSparseIndexes(sparse.equals(ALLOW)));
  }

  private static Operation function(String name) {
    return Arrays.stream(Operation.values())
        .filter(operation -> operation.functionName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(FUNCTION + " names a function, not: " + name));
  }

  private static byte[] key(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(KEYS + " has a key that is no base64");
    }
  }

  /** The variables that say these settings. */
  public Map<String, String> variables() {
    var keys =
        locationKeys.stream()
            .map(Base64.getEncoder()::encodeToString)
            .collect(Collectors.joining(","));
    return Map.of(
        FUNCTION,
        function.functionName(),
        KEYS,
        keys,
        SPARSE_INDEXES,
        registry.sparseIndexes() ? ALLOW : REFUSE);
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "FunctionSettings[function=" + function.functionName() + ", registry=" + registry + "]";
  }
}
