package dev.roadstead.cli;

import dev.roadstead.client.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code roadstead fsck}: whether everything that the registry holds is as it must be. */
@Command(
    name = "fsck",
    description = {
      "Checks a whole registry, running or not: counts every number anew, and looks whether",
      "every record and every object is as it must be. Open uploads and trash are no damage."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:damage, which is listed", "2:could not look"})
final class FsckCommand implements Callable<Integer> {
  private static final int DAMAGE = 1;
  private static final int COULD_NOT_LOOK = 2;
  private static final Duration ASK_EVERY = Duration.ofMillis(200);

  /** Whoever runs the check may have died; a check that goes on says so much more often. */
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(5);

  @Mixin private final RegistryOption registry;

  @Option(
      names = "--bytes",
      paramLabel = "none|sample|all",
      description = "How many blobs are read and hashed, besides those that look wrong. [sample]")
  private Bytes bytes = Bytes.SAMPLE;

  @Option(
      names = "--repair",
      description = "Repair what can be repaired; nothing is deleted before all that can is saved.")
  private boolean repair;

  @Option(
      names = "--rebuild",
      description =
          "Repair, with no trust in any record but the bodies of manifests: everything else is"
              + " made anew from them and from the bytes, all of which are read.")
  private boolean rebuild;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What {@code --bytes} takes. */
  enum Bytes {
    NONE,
    SAMPLE,
    ALL
  }

  FsckCommand(Map<String, String> environment) {
    this.registry = new RegistryOption(environment);
  }

  @Override
  public Integer call() {
    if (repair && rebuild) {
      throw new ParameterException(
          spec.commandLine(), "give --repair or --rebuild, not both: to rebuild is to repair");
    }
    var clean = new AtomicBoolean();
    try {
      registry.run(
          admin -> {
            var report = outcome(admin).path("report");
            clean.set(report.path("clean").asBoolean(false));
            return report;
          },
          CheckReport::lines);
    } catch (IOException failed) {
      var errors = spec.commandLine().getErr();
      errors.println("roadstead: could not look: " + failed.getMessage());
      errors.flush();
      return COULD_NOT_LOOK;
    }
    return clean.get() ? 0 : DAMAGE;
  }

  /** Orders a check, and asks how far it is until it is done. */
  private JsonNode outcome(AdminClient admin) throws IOException {
    var order = AdminClient.document();
    order.put("mode", rebuild ? "rebuild" : repair ? "repair" : "check");
    order.put("bytes", bytes.name().toLowerCase(Locale.ROOT));
    admin.post("check", order);
    var bar = new ProgressBar(spec.commandLine().getErr(), ProgressBar.isOnTerminal());
    try {
      var status = admin.get("check", Map.of());
      long silences = 0;
      while (status.path("state").asString().equals("running")) {
        if (silences > SILENCE_LIMIT.dividedBy(ASK_EVERY)) {
          throw new IOException("no news of the check for minutes; was the registry stopped?");
        }
        bar.show(
            status.path("step").asString(),
            status.path("done").asLong(),
            status.path("total").asLong());
        Thread.sleep(ASK_EVERY);
        var next = admin.get("check", Map.of());
        silences = next.equals(status) ? silences + 1 : 0;
        status = next;
      }
      if (!status.path("state").asString().equals("done")) {
        throw new IOException(status.path("report").path("problem").asString("the check failed"));
      }
      return status;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; the check goes on", interrupted);
    } finally {
      bar.clear();
    }
  }
}
