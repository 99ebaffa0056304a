package dev.roadstead.client;

import java.io.IOException;

/** Where credentials come from. */
@FunctionalInterface
public interface CredentialStore {

  /**
   * The credentials for a registry; anonymous where none are known.
   *
   * @throws IOException when there is a place for credentials, but it cannot be read
   */
  Credentials credentialsFor(RegistryHost registry) throws IOException;
}
