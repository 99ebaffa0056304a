package dev.roadstead.infra;

import dev.roadstead.infra.cdn.Cdn;
import dev.roadstead.infra.cdn.EdgeFunctions;
import dev.roadstead.infra.function.FunctionPackage;
import dev.roadstead.infra.function.Grants;
import dev.roadstead.infra.function.OperationFunctions;
import dev.roadstead.infra.function.Right;
import dev.roadstead.infra.function.Rights;
import dev.roadstead.infra.function.TaskPlans;
import dev.roadstead.infra.job.Failures;
import dev.roadstead.infra.job.Jobs;
import dev.roadstead.infra.job.LogTriggers;
import dev.roadstead.infra.job.Triggers;
import dev.roadstead.infra.key.RegistryKeys;
import dev.roadstead.infra.relay.Relay;
import dev.roadstead.infra.relay.SleepingRelay;
import dev.roadstead.infra.relay.StandingRelay;
import dev.roadstead.infra.watch.Alarms;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The registry itself: CDN, functions, keys, alarms. It keeps nothing that cannot be made again: it
 * may be deleted and made anew on the same data.
 */
public final class RegistryStack extends Stack {

  /**
   * What a registry is made of.
   *
   * @param relayZip the program of the relay, as the build makes it
   */
  public record Parts(
      DataStack data, FunctionPackage functions, String relayZip, Switches switches) {}

  /** A registry. */
  public RegistryStack(Construct scope, String id, @Nullable StackProps properties, Parts parts) {
    super(scope, id, properties);
    var switches = parts.switches();
    var edge = new EdgeFunctions(this, "Edge", switches.ways());
    var edgeStoreArn = edge.keys().getKeyValueStoreArn();
    var keys = new RegistryKeys(this, "Keys");
    var failures = new Failures(this, "Failures");
    var data = parts.data();
    var grants =
        new Grants(
            data.table(),
            DataStack.CANDIDATES,
            data.bucket(),
            keys.table(),
            edgeStoreArn,
            failures.queue(),
            Optional.empty());
    var relay = relay(parts, keys, grants);
    var sleeper = relay.filter(SleepingRelay.class::isInstance).map(SleepingRelay.class::cast);
    var plans =
        new TaskPlans(
            parts.functions(),
            environment(data, keys, switches),
            sleeper.map(woken -> grants.with(woken.arn())).orElse(grants));
    var jobs = new Jobs(this, "Jobs", plans, edgeStoreArn, failures.queue());
    var made = keys.made(jobs.alias(Job.UPDATE_EDGE), edgeStoreArn);
    var functions =
        new OperationFunctions(this, "Functions", plans, made, whoNeeds(sleeper, switches));
    new Triggers(this, "Triggers", jobs, failures, grants);
    new LogTriggers(this, "Logged", functions.log(), jobs);
    var cdn =
        new Cdn(
            this,
            "Cdn",
            edge,
            new Cdn.Behind(
                functions.hostNames(),
                data.bucket(),
                Grants.DIRECT_PUTS,
                Grants.READ_BY_CLIENTS,
                relay.map(Relay::origin)),
            switches.domain().map(own -> new Cdn.HostName(own.hostName(), own.certificateArn())),
            switches.webAcl());
    watch(new Alarms(this, "Alarms", id, switches.alarmsTo()), failures, functions, jobs, relay);
    tell(cdn, jobs);
  }

  /** What whoever deploys it has to know. */
  private void tell(Cdn cdn, Jobs jobs) {
    CfnOutput.Builder.create(this, "HostName")
        .description("What stands before the names of images; a domain of one's own leads here")
        .value(cdn.hostName())
        .build();
    CfnOutput.Builder.create(this, "SetAdministrator")
        .description("Called once, it makes the administrator and shows the password")
        .value(jobs.alias(Job.SET_ADMINISTRATOR).getFunctionArn())
        .build();
  }

  private static void watch(
      Alarms alarms,
      Failures failures,
      OperationFunctions functions,
      Jobs jobs,
      Optional<Relay> relay) {
    var logs = new ArrayList<>(jobs.logs());
    logs.add(functions.log());
    relay.flatMap(Relay::log).ifPresent(logs::add);
    alarms.failures(logs);
    alarms.alarm(
        "JobsAlarm",
        "Jobs of the registry have failed again and again; a queue has the events, the jobs' logs"
            + " say why.",
        failures.count(),
        0);
  }

  private Optional<Relay> relay(Parts parts, RegistryKeys keys, Grants grants) {
    var plan = plan(parts, keys, grants);
    return switch (parts.switches().relay()) {
      case NONE -> Optional.empty();
      case WAKE -> Optional.of(new SleepingRelay(this, "Relay", plan));
      case CONTAINER -> Optional.of(new StandingRelay(this, "Relay", plan));
    };
  }

  /** It does what these operations do, with longer bodies. */
  private static Relay.Plan plan(Parts parts, RegistryKeys keys, Grants grants) {
    var told = new HashMap<>(environment(parts.data(), keys, parts.switches()));
    told.put("ROADSTEAD_FUNCTION", Operation.APPEND_CHUNK.functionName());
    var rights = EnumSet.noneOf(Right.class);
    rights.addAll(Rights.of(Operation.APPEND_CHUNK));
    rights.addAll(Rights.of(Operation.FINISH_UPLOAD));
    return new Relay.Plan(parts.relayZip(), told, grants.statements(rights));
  }

  /** Whom to wake, and whether everybody needs it. */
  private static Map<String, String> whoNeeds(Optional<SleepingRelay> sleeper, Switches switches) {
    return sleeper
        .map(
            relay ->
                Map.of(
                    "ROADSTEAD_RELAY_INSTANCE",
                    relay.instanceId(),
                    "ROADSTEAD_DIRECT_PUT",
                    switches.directPut() ? "allow" : "refuse"))
        .orElse(Map.of());
  }

  private static Map<String, String> environment(
      DataStack data, RegistryKeys keys, Switches switches) {
    return Map.of(
        "ROADSTEAD_TABLE", data.table().getTableName(),
        "ROADSTEAD_BUCKET", data.bucket().getBucketName(),
        "ROADSTEAD_SECRETS_TABLE", keys.table().getTableName(),
        "ROADSTEAD_READS", switches.reads());
  }
}
