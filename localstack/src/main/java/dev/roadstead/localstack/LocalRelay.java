package dev.roadstead.localstack;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RelayPresence;
import dev.roadstead.registry.RelayWake;
import dev.roadstead.relay.Relay;
import dev.roadstead.relay.RelayRequest;
import dev.roadstead.route.Operation;
import dev.roadstead.wire.Answer;
import java.nio.file.Path;
import java.util.Optional;

/** The relay of a registry on this machine: in this process, or in one that sleeps. */
final class LocalRelay implements RelayHost, AutoCloseable {
  private final Relay here;
  private final Optional<Sleeper> sleeper;

  private record Sleeper(RelayProcess machine, RelayDoor door, RelayWake wake) {}

  /** The relay of this process. */
  LocalRelay(Relay here) {
    this.here = here;
    this.sleeper = Optional.empty();
  }

  /**
   * One that sleeps.
   *
   * @param told what its process is told, which shares the stores of this environment
   * @param staging the folder for bytes on their way
   */
  LocalRelay(
      Relay here,
      RelayMode.Wake mode,
      ProcessSettings told,
      Environment environment,
      Path staging) {
    var machine = new RelayProcess(mode, told.variables(Operation.APPEND_CHUNK), staging);
    var presence = new RelayPresence(environment.metadata(), environment.clock());
    this.here = here;
    this.sleeper =
        Optional.of(
            new Sleeper(
                machine,
                new RelayDoor(machine::address),
                new RelayWake(presence, machine, environment.clock())));
  }

  /** How it is woken, if it sleeps. */
  Optional<RelayWake> wake() {
    return sleeper.map(Sleeper::wake);
  }

  @Override
  public Answer take(RelayRequest stream) {
    return sleeper.isPresent() ? sleeper.get().door().take(stream) : here.handle(stream);
  }

  @Override
  public void close() {
    if (sleeper.isPresent()) {
      sleeper.get().machine().close();
      sleeper.get().door().close();
    }
  }
}
