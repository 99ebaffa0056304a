package dev.roadstead.localstack;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.endpoints.FunctionSettings.AccountKeys;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What processes beside the gateway are told: nothing else of our environment.
 *
 * @param stores where their stores are, which they share with everybody else
 * @param locationKeys the same that the edge has
 * @param accounts likewise, if there are accounts
 */
record ProcessSettings(
    AwsSettings stores,
    List<byte[]> locationKeys,
    Optional<AccountKeys> accounts,
    RegistrySettings registry) {
  /** What the SDK reads itself. */
  private static final Set<String> OF_THE_SDK =
      Set.of(
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN");

  /** The same for all processes; there can be some only if they share the stores. */
  static Optional<ProcessSettings> of(
      LocalOptions options, DataFolder folder, Optional<AccountKeys> accounts) {
    return options.backend() instanceof Backend.Aws(AwsSettings stores, var _)
        ? Optional.of(
            new ProcessSettings(
                stores,
                List.of(folder.secret(Secret.UPLOAD_LOCATIONS)),
                accounts,
                options.settings()))
        : Optional.empty();
  }

  /** The variables of the process that does this operation. */
  Map<String, String> variables(Operation operation) {
    var variables = new TreeMap<>(System.getenv());
    variables.keySet().retainAll(OF_THE_SDK);
    variables.putAll(stores.variables());
    variables.putAll(new FunctionSettings(operation, locationKeys, accounts, registry).variables());
    return variables;
  }
}
