package dev.roadstead.cli.doctor;

import dev.roadstead.client.CredentialStore;
import dev.roadstead.client.Credentials;
import dev.roadstead.client.RegistryHost;
import dev.roadstead.client.RegistryProbe;
import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code roadstead doctor}: proves an installation from outside. */
@Command(
    name = "doctor",
    description = {
      "Does what clients do with a registry, and says what does not work and what to do about it.",
      "Pushes some megabytes into a repository of its own, and deletes what it can.",
      "Exit status: 0 all passed or skipped, 1 something failed, 2 the registry cannot be reached."
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int UNREACHABLE = 2;

  private final CredentialStore credentials;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final RandomGenerator random;

  @Parameters(
      paramLabel = "URL",
      description = "Where the registry is, http://127.0.0.1:5000 or registry.example.")
  private String url = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who looks; the password is taken from ROADSTEAD_PASSWORD.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--repository",
      paramLabel = "NAME",
      description = "Where to push to. [${DEFAULT-VALUE}]")
  private RepositoryName repository = new RepositoryName("roadstead-doctor");

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "In what form the findings are printed. [text]")
  private Report.Form output = Report.Form.TEXT;

  @Spec private CommandSpec spec;

  /**
   * Looks with these credentials, unless {@code --user} names others.
   *
   * @param environment the process's variables
   * @param random makes what is pushed
   */
  public DoctorCommand(
      CredentialStore credentials,
      Map<String, String> environment,
      InstantSource clock,
      RandomGenerator random) {
    this.credentials = credentials;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.random = random;
    this.spec = CommandSpec.create(); // picocli puts the real one here
  }

  /** Every check there is, in the order in which they are made. */
  static List<Check> checks() {
    return Stream.of(ConnectionChecks.ALL, UploadChecks.ALL, ContentChecks.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Integer call() {
    var report = new Report(spec.commandLine().getOut(), output);
    try (var probe = new RegistryProbe(host(), login())) {
      var visit = new Visit(probe, repository, clock, random);
      try {
        visit.sendAnonymously(visit.to("GET", ""));
      } catch (IOException unreachable) {
        spec.commandLine().getErr().println("roadstead: " + unreachable.getMessage());
        spec.commandLine().getErr().flush();
        return UNREACHABLE;
      }
      return report.print(look(visit, report)) ? 1 : 0;
    }
  }

  private static List<Report.Row> look(Visit visit, Report report) {
    var rows = new ArrayList<Report.Row>();
    for (var check : checks()) {
      var row = new Report.Row(check, check.look(visit));
      report.show(row);
      rows.add(row);
    }
    return rows;
  }

  private RegistryHost host() {
    try {
      var address = url.contains("://") ? URI.create(url) : URI.create("https://" + url);
      var host = new RegistryHost(Optional.ofNullable(address.getAuthority()).orElse(url));
      if ("http".equals(address.getScheme()) && !host.isLoopback()) {
        throw mistake("a registry on another machine is looked at over https");
      }
      return host;
    } catch (IllegalArgumentException none) {
      throw mistake("'" + url + "' is no address of a registry, such as https://registry.example");
    }
  }

  private CredentialStore login() {
    if (user.isEmpty()) {
      return credentials;
    }
    var password = environment.getOrDefault("ROADSTEAD_PASSWORD", "");
    if (password.isEmpty()) {
      throw mistake("--user needs the password in ROADSTEAD_PASSWORD");
    }
    return _ -> new Credentials.Password(user.get(), password);
  }

  private ParameterException mistake(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
