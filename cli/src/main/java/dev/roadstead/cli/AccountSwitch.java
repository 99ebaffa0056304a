package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;

/** Keeps an account out, or lets it in again, be it a person's or a machine's. */
final class AccountSwitch {
  private AccountSwitch() {}

  /**
   * Turns it.
   *
   * @param kind where accounts of its kind are: {@code users}, {@code robots}
   */
  static int turn(RegistryOption registry, String kind, String name, boolean enabled)
      throws IOException {
    return registry.run(
        admin -> admin.patch(kind + "/" + name, AdminClient.document().put("enabled", enabled)),
        _ -> name + (enabled ? " is enabled" : " is disabled"));
  }
}
