package dev.roadstead.localstack;

import dev.roadstead.error.RegistryException;
import dev.roadstead.relay.RelayRequest;
import dev.roadstead.wire.Answer;

/** Where the relay runs. */
@FunctionalInterface
interface RelayHost {
  /**
   * Takes one stream; the edge has decided that it goes this way.
   *
   * @throws RegistryException for what the client has to be told; the body may be unread then
   */
  Answer take(RelayRequest stream);
}
