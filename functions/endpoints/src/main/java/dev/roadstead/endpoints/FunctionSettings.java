package dev.roadstead.endpoints;

import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Task;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a function is told by its environment, besides where its stores are: as variables there, and
 * as values here.
 *
 * @param function which one it is
 * @param locationKeys the keys of {@link LocationKeys}, the one that signs first
 * @param accounts the keys of a registry that has accounts; empty for one that is open
 * @param installation where the keys are when the environment has none
 * @param registry what the operator allows; lives are never set in an environment
 */
public record FunctionSettings(
    Task function,
    List<byte[]> locationKeys,
    Optional<AccountKeys> accounts,
    RegistrySettings registry,
    Optional<Installation> installation) {
  private static final String FUNCTION = "ROADSTEAD_FUNCTION";
  private static final String KEYS = "ROADSTEAD_LOCATION_KEYS";
  private static final String TOKEN_KEYS = "ROADSTEAD_TOKEN_KEYS";
  private static final String EDGE_KEYS = "ROADSTEAD_EDGE_KEYS";
  private static final String SECRETS = "ROADSTEAD_SECRETS_TABLE";
  private static final String EDGE_STORE = "ROADSTEAD_EDGE_STORE";
  private static final String READS = "ROADSTEAD_READS";
  private static final String CDN = "cdn";
  private static final String BUCKET = "bucket";
  private static final String SPARSE_INDEXES = "ROADSTEAD_SPARSE_INDEXES";
  private static final String DIRECT_PUT = "ROADSTEAD_DIRECT_PUT";
  private static final String ALLOW = "allow";
  private static final String REFUSE = "refuse";

  /** The variables that these settings stand in. */
  public static final Set<String> VARIABLES =
      Set.of(
          FUNCTION,
          KEYS,
          TOKEN_KEYS,
          EDGE_KEYS,
          SECRETS,
          EDGE_STORE,
          READS,
          SPARSE_INDEXES,
          DIRECT_PUT);

  /**
   * The keys that accounts take, of each kind the one that signs first.
   *
   * @param token of {@code dev.roadstead.access.TokenKeys}
   * @param edge of {@code dev.roadstead.route.EdgeKeys}
   */
  public record AccountKeys(List<byte[]> token, List<byte[]> edge) {
    /** Copies the keys. */
    public AccountKeys {
      token = copied(token);
      edge = copied(edge);
    }

    /** Nothing of the keys. */
    @Override
    public String toString() {
      return "AccountKeys";
    }
  }

  /**
   * Where an installation in the cloud has its keys.
   *
   * @param secretsTable the table of {@code dev.roadstead.secret.SecretTable}
   * @param edgeStore where the edge reads, for the function that writes there
   * @param readsThroughCdn whether clients read blobs through the CDN, and not from the bucket
   */
  public record Installation(
      String secretsTable, Optional<String> edgeStore, boolean readsThroughCdn) {}

  /** Copies the keys. */
  public FunctionSettings {
    locationKeys = copied(locationKeys);
  }

  /** With the keys in the environment. */
  public FunctionSettings(
      Task function,
      List<byte[]> locationKeys,
      Optional<AccountKeys> accounts,
      RegistrySettings registry) {
    this(function, locationKeys, accounts, registry, Optional.empty());
  }

  private static List<byte[]> copied(List<byte[]> keys) {
    return keys.stream().map(byte[]::clone).toList();
  }

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException with what is wrong, and never with a key
   */
  public static FunctionSettings of(Map<String, String> variables) {
    var installation = installation(variables);
    return new FunctionSettings(
        function(variables.getOrDefault(FUNCTION, "")),
        installation.isPresent() ? List.of() : keys(KEYS, variables.getOrDefault(KEYS, "")),
        accounts(variables),
        RegistrySettings.DEFAULTS
            .withSparseIndexes(
                isAllowed(variables, SPARSE_INDEXES, RegistrySettings.DEFAULTS.sparseIndexes()))
            .withDirectPut(isAllowed(variables, DIRECT_PUT, RegistrySettings.DEFAULTS.directPut())),
        installation);
  }

  private static Optional<Installation> installation(Map<String, String> variables) {
    var reads = variables.getOrDefault(READS, BUCKET);
    if (!reads.equals(CDN) && !reads.equals(BUCKET)) {
      throw new IllegalArgumentException(READS + " is " + CDN + " or " + BUCKET);
    }
    var edgeStore = Optional.ofNullable(variables.get(EDGE_STORE));
    return Optional.ofNullable(variables.get(SECRETS))
        .map(table -> new Installation(table, edgeStore, reads.equals(CDN)));
  }

  private static boolean isAllowed(Map<String, String> variables, String name, boolean otherwise) {
    return switch (variables.getOrDefault(name, word(otherwise))) {
      case ALLOW -> true;
      case REFUSE -> false;
      default -> throw new IllegalArgumentException(name + " is " + ALLOW + " or " + REFUSE);
    };
  }

  private static String word(boolean allowed) {
    return allowed ? ALLOW : REFUSE;
  }

  private static Task function(String name) {
    return Task.named(name)
        .orElseThrow(
            () -> new IllegalArgumentException(FUNCTION + " names a function, not: " + name));
  }

  /** A registry is open only if nothing at all is said of accounts. */
  private static Optional<AccountKeys> accounts(Map<String, String> variables) {
    if (!variables.containsKey(TOKEN_KEYS) && !variables.containsKey(EDGE_KEYS)) {
      return Optional.empty();
    }
    return Optional.of(
        new AccountKeys(
            keys(TOKEN_KEYS, variables.getOrDefault(TOKEN_KEYS, "")),
            keys(EDGE_KEYS, variables.getOrDefault(EDGE_KEYS, ""))));
  }

  private static List<byte[]> keys(String variable, String base64) {
    if (base64.isEmpty()) {
      throw new IllegalArgumentException(
          variable + " is missing: base64, one key or several by comma");
    }
    try {
      return Arrays.stream(base64.split(",", -1)).map(Base64.getDecoder()::decode).toList();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(variable + " has a key that is no base64");
    }
  }

  private static String base64(List<byte[]> keys) {
    return keys.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(","));
  }

  /** The variables that say these settings. */
  public Map<String, String> variables() {
    var variables = new TreeMap<String, String>();
    variables.put(FUNCTION, function.functionName());
    installation.ifPresentOrElse(
        known -> {
          variables.put(SECRETS, known.secretsTable());
          known.edgeStore().ifPresent(store -> variables.put(EDGE_STORE, store));
          variables.put(READS, known.readsThroughCdn() ? CDN : BUCKET);
        },
        () -> variables.put(KEYS, base64(locationKeys)));
    accounts.ifPresent(
        keys -> {
          variables.put(TOKEN_KEYS, base64(keys.token()));
          variables.put(EDGE_KEYS, base64(keys.edge()));
        });
    variables.put(SPARSE_INDEXES, word(registry.sparseIndexes()));
    variables.put(DIRECT_PUT, word(registry.directPut()));
    return variables;
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "FunctionSettings[function=" + function.functionName() + ", registry=" + registry + "]";
  }
}
