package dev.roadstead.localstack;

import dev.roadstead.aws.MissingException;
import dev.roadstead.embedded.DataFolderException;
import dev.roadstead.error.RegistryException;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code roadstead up}. */
@Command(
    name = "roadstead up",
    description = "Runs a registry on this machine until it is stopped with Ctrl-C or SIGTERM.",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by Ctrl-C or SIGTERM",
      "1:could not start: the port, the data folder or the stores cannot be used",
      "2:the command line is wrong, or asks for an address off loopback without --auth"
    })
public final class Up implements Callable<Integer> {
  private static final int WRONG_COMMAND_LINE = 2;
  private static final int FAILED = 1;
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "where to listen; off loopback it takes --auth (default: ${DEFAULT-VALUE})")
  private String address = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "5000",
      description = "which port; 0 takes any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "roadstead-data",
      description =
          "where everything is kept; made if it is missing (default: ${DEFAULT-VALUE}, in the"
              + " current folder)")
  private Path data = Path.of("");

  @Mixin private RelayOptions relay = new RelayOptions();

  @Option(
      names = "--redirect",
      description = "send clients to the bytes of a blob with 307, as the cloud does")
  private boolean redirect;

  @Mixin private BackendOptions backend = new BackendOptions();

  @Mixin private FunctionOptions functions = new FunctionOptions();

  @Option(
      names = "--sparse-indexes",
      paramLabel = "allow|refuse",
      defaultValue = "refuse",
      description =
          "whether an index may name images that its repository does not have"
              + " (default: ${DEFAULT-VALUE})")
  private SparseIndexes sparseIndexes = SparseIndexes.REFUSE;

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Mixin private AccessOptions access = new AccessOptions();

  @Option(names = "--help", usageHelp = true, description = "print this help and exit")
  @SuppressWarnings("UnusedVariable") // the annotation is what counts
  private boolean help;

  /** What {@code --sparse-indexes} takes. */
  enum SparseIndexes {
    ALLOW,
    REFUSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Runs the command; ends the process with one of the exit codes above. */
  public static void main(String... arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Up())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Up::wrongCommandLine);
  }

  /** One line; whoever wants the whole usage asks for it. */
  private static int wrongCommandLine(ParameterException wrong, String... arguments) {
    say(
        wrong.getCommandLine().getErr(),
        "roadstead: " + wrong.getMessage() + "; see roadstead up --help");
    return WRONG_COMMAND_LINE;
  }

  @Override
  public Integer call() throws InterruptedException {
    var inProcess =
        new LocalOptions(listening(), validPort(), data, true, redirect)
            .with(settings())
            .collectingEvery(valid(collection::every))
            .with(backend.chosen(spec.commandLine()));
    var relayed = valid(() -> relay.applied(inProcess, spec.commandLine()));
    var plain = functions.applied(relayed, spec.commandLine());
    var options = valid(() -> access.applied(plain));
    var password = FirstPassword.choose(System.getenv(), new SecureRandom());
    var ending = new Ending();
    ending.arm();
    try {
      var registry =
          LocalRegistry.start(access.auth() ? options.withAccounts(password.text()) : options);
      ending.closes(registry);
      announce(registry.port());
      if (registry.hasAddedAdministrator()) {
        password.announcement().ifPresent(this::complain);
      }
      Thread.currentThread().join(); // the process ends by a signal
      return 0;
    } catch (DataFolderException unusable) {
      return failed(ending, String.valueOf(unusable.getMessage()));
    } catch (MissingException | StoreException unusable) {
      return failed(ending, "cannot use the stores: " + unusable.getMessage());
    } catch (IOException noPort) {
      return failed(
          ending,
          "cannot listen on %s, port %d (%s); stop what uses it, or choose another --port"
              .formatted(address, port, reason(noPort)));
    } catch (RegistryException refused) {
      return failed(ending, String.valueOf(refused.getMessage()));
    } catch (RuntimeException unknown) {
      return failed(ending, "cannot start: " + unknown);
    }
  }

  /** The system's own words; the server wraps them in others. */
  private static String reason(IOException failure) {
    return String.valueOf(
        failure.getCause() instanceof BindException inner
            ? inner.getMessage()
            : failure.getMessage());
  }

  private InetAddress listening() {
    InetAddress found;
    try {
      found = InetAddress.getByName(address);
    } catch (UnknownHostException unknown) {
      throw wrong("there is no address " + address);
    }
    if (!found.isLoopbackAddress() && !access.auth()) {
      throw wrong(
          address
              + " is not on this machine alone, so it needs accounts: add --auth, or use"
              + " --address 127.0.0.1");
    }
    if (!found.isLoopbackAddress() && !access.tls()) {
      complain(
          "warning: passwords and images go over the network in the clear; use --tls-cert and"
              + " --tls-key, or put a proxy with TLS in front of this registry");
    }
    return found;
  }

  private void complain(String message) {
    say(spec.commandLine().getErr(), "roadstead: " + message);
  }

  private int validPort() {
    if (port < 0 || port > MAX_PORT) {
      throw wrong("a port is a number from 0 to " + MAX_PORT + ", not " + port);
    }
    return port;
  }

  private <T> T valid(Supplier<T> option) {
    try {
      return option.get();
    } catch (IllegalArgumentException nonsense) {
      throw wrong(String.valueOf(nonsense.getMessage()));
    }
  }

  private RegistrySettings settings() {
    boolean allowed =
        switch (sparseIndexes) {
          case ALLOW -> true;
          case REFUSE -> false;
        };
    var settings = RegistrySettings.DEFAULTS.withSparseIndexes(allowed);
    return valid(() -> collection.settings(settings));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int failed(Ending ending, String message) {
    ending.disarm();
    say(spec.commandLine().getErr(), "roadstead: " + message);
    return FAILED;
  }

  private void announce(int boundPort) {
    var host = address.contains(":") ? "[" + address + "]" : address;
    var registry = host + ":" + boundPort;
    say(
        spec.commandLine().getOut(),
        """
        ready %3$s://%1$s

        Give an image a name in this registry, push it, and pull it again:
          docker tag alpine %1$s/alpine
          docker push %1$s/alpine
          docker pull %1$s/alpine
        Everything is kept in %2$s; Ctrl-C stops the registry.\
        """
            .formatted(registry, backend.place(data), access.tls() ? "https" : "http"));
  }

  private static void say(PrintWriter where, String text) {
    where.println(text);
    where.flush();
  }
}
