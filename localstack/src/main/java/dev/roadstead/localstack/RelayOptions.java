package dev.roadstead.localstack;

import dev.roadstead.model.TimeSpan;
import dev.roadstead.relay.server.RelayServer;
import dev.roadstead.route.Limits;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code roadstead up} that are about the relay. */
final class RelayOptions {
  private static final String DELAY = "20s";

  @Option(
      names = "--relay",
      paramLabel = "local|wake|none",
      defaultValue = "local",
      description =
          "who takes long streams, which Docker up to 28, podman, skopeo and crane send: this"
              + " process; one that sleeps until it is needed, which takes --backend aws; or"
              + " nobody (default: ${DEFAULT-VALUE})")
  private Kind kind = Kind.LOCAL;

  @Option(
      names = "--wake-delay",
      paramLabel = "TIME",
      description =
          "how long the machine takes to start that --relay wake imitates (default: " + DELAY + ")")
  private Optional<String> delay = Optional.empty();

  @Option(
      names = "--direct-put",
      paramLabel = "allow|refuse",
      defaultValue = "allow",
      description =
          "whether whole blobs go past functions and relay into the object store; refused, every"
              + " long upload goes through the relay (default: ${DEFAULT-VALUE})")
  private DirectPut directPut = DirectPut.ALLOW;

  /** What {@code --direct-put} takes. */
  enum DirectPut {
    ALLOW,
    REFUSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@code --relay} takes. */
  enum Kind {
    LOCAL,
    WAKE,
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The registry with the relay that is asked for; refuses what cannot be. */
  LocalOptions applied(LocalOptions options, CommandLine command) {
    if (kind != Kind.WAKE && delay.isPresent()) {
      throw new ParameterException(command, "--wake-delay is for --relay wake alone");
    }
    if (kind == Kind.WAKE && !(options.backend() instanceof Backend.Aws)) {
      throw new ParameterException(
          command, "--relay wake takes --backend aws: processes share no data folder");
    }
    if (kind == Kind.NONE && directPut == DirectPut.REFUSE) {
      throw new ParameterException(
          command,
          "--relay none and --direct-put refuse cannot be together: no blob of more than %d bytes"
                  .formatted(Limits.FUNCTION_BODY_BYTES)
              + " could be pushed");
    }
    var settings = options.settings().withDirectPut(isAllowed());
    return options
        .with(settings)
        .with(
            switch (kind) {
              case LOCAL -> new RelayMode.Local();
              case NONE -> new RelayMode.None();
              case WAKE ->
                  new RelayMode.Wake(TimeSpan.parse(delay.orElse(DELAY)), RelayServer.IDLE_LIMIT);
            });
  }

  private boolean isAllowed() {
    return switch (directPut) {
      case ALLOW -> true;
      case REFUSE -> false;
    };
  }
}
