package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code infra-cdk/prove} asks the account, with AWS's own command line, of moto's server: it
 * knows stacks, logs and machines, and says where a function would be, though nobody is there.
 */
@RealClient(programs = "curl")
@Tag("embedded")
@Tag("long")
class ProveAccountTest {
  private static final String PASSWORD = "correct horse";

  /** What a stack has that is asked for; the names are held to the template by another test. */
  private static final String STACK =
      """
      {"Resources": {
        "FunctionspingFunction1": {"Type": "AWS::Lambda::Function", "Properties": {
          "Handler": "a.b", "Runtime": "python3.12", "Role": "ROLE", "Code": {"ZipFile": "pass"}}},
        "FunctionsgetmanifestFunction1": {"Type": "AWS::Lambda::Function", "Properties": {
          "Handler": "a.b", "Runtime": "python3.12", "Role": "ROLE", "Code": {"ZipFile": "pass"}}},
        "FunctionsLog1": {"Type": "AWS::Logs::LogGroup",
          "Properties": {"LogGroupName": "operations"}},
        "Relay1": {"Type": "AWS::EC2::Instance", "Properties": {
          "ImageId": "ami-03cf127a", "InstanceType": "t4g.micro"}}}}
      """;

  private static final String LAMBDA =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "lambda.amazonaws.com"}}]}
      """;

  @Test
  void asksTheAccountWhatOnlyItKnows(@TempDir Path folder) throws IOException {
    var program = installed("aws/bin/aws");
    var moto =
        Daemon.start(
            new Command(installed("moto/bin/python"), "-m", "moto.server", "-p", 0)
                .in(folder)
                .and("-H", "127.0.0.1"),
            folder);
    var registry =
        Daemon.start(
            RegistryProcess.launcher()
                .with("ROADSTEAD_ADMIN_PASSWORD", PASSWORD)
                .and("up", "--auth", "--port", 0, "--data", folder.resolve("registry"))
                .and(TestBackend.options(TestBackend.fresh()).toArray()),
            folder);
    try {
      var address = moto.awaitLog("Running on (http://127\\.0\\.0\\.1:\\d+)").group(1);
      var url = registry.awaitOutput("^ready (http://\\S+)\\R").group(1);
      deploy(account(new Command(program.resolveSibling("python"), program), address));
      var report = folder.resolve("report.md");
      var prove =
          account(Tools.command("bash", folder), address)
              .and(Tools.repository().resolve("infra-cdk/prove"), "--url", url, "--account")
              .with("ROADSTEAD_USER", "admin")
              .with("ROADSTEAD_PASSWORD", PASSWORD)
              .with("PATH", onThePath(program, folder) + ":" + System.getenv("PATH"))
              // Moto's address of a function is one of AWS's.
              .with("https_proxy", "http://127.0.0.1:9")
              .with("PROVE_LARGEST", "20M")
              .with("PROVE_LOG_DELAY", 0);

      assertThatThrownBy(() -> prove.run("--report", report)).hasMessageStartingWith("exit 1");

      assertThat(ProveTest.answers(report))
          .containsEntry("a direct PUT of 5 GiB is 201: S3 answers in time", "yes")
          .containsEntry("a function's own address refuses who is not the edge", "NO")
          .containsEntry("the relay wakes for a client that sends a stream", "yes");
      assertThat(Files.readString(report))
          .contains("its snapshot | yes | median 312.45 ms, longest 501.00 ms |");
    } finally {
      registry.stop();
      ProcessHandle.of(moto.pid()).ifPresent(Command::end);
    }
  }

  private static void deploy(Command aws) {
    var role =
        said(
            aws.run(
                "iam",
                "create-role",
                "--role-name=r",
                "--assume-role-policy-document",
                LAMBDA,
                "--query=Role.Arn"));
    aws.run(
        "cloudformation",
        "create-stack",
        "--stack-name=Roadstead",
        "--template-body",
        STACK.replace("ROLE", role));
    aws.run(
        "lambda",
        "create-function-url-config",
        "--auth-type=NONE",
        "--function-name",
        resource(aws, "FunctionspingFunction1"));
    var now = Instant.now();
    var stream =
        "--log-stream-name=%s/%s[1]0"
            .formatted(
                DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC).format(now),
                resource(aws, "FunctionsgetmanifestFunction1"));
    aws.run("logs", "create-log-stream", "--log-group-name=operations", stream);
    aws.run(
        "logs",
        "put-log-events",
        "--log-group-name=operations",
        stream,
        "--log-events",
        "[%s,%s]"
            .formatted(
                event(now, "RESTORE_REPORT Restore Duration: 312.45 ms"),
                event(
                    now, "REPORT\\tRestore Duration: 501.00 ms\\tBilled Restore Duration: 2 ms")));
    aws.run("ec2", "stop-instances", "--instance-ids", resource(aws, "Relay1"));
  }

  private static String event(Instant at, String message) {
    return "{\"timestamp\":%d,\"message\":\"%s\"}".formatted(at.toEpochMilli(), message);
  }

  private static String resource(Command aws, String name) {
    return said(
        aws.run(
            "cloudformation",
            "describe-stack-resources",
            "--stack-name=Roadstead",
            "--query=StackResources[?LogicalResourceId=='" + name + "'].PhysicalResourceId | [0]"));
  }

  private static String said(String printed) {
    return printed.strip().replace("\"", "");
  }

  private static Command account(Command command, String address) {
    return command
        .with("AWS_ENDPOINT_URL", address)
        .with("AWS_ACCESS_KEY_ID", "any")
        .with("AWS_SECRET_ACCESS_KEY", "any")
        .with("AWS_DEFAULT_REGION", "us-east-1");
  }

  /** Under the name that scripts call it by: what was installed may have moved. */
  private static Path onThePath(Path program, Path folder) throws IOException {
    var programs = Files.createDirectory(folder.resolve("programs"));
    var script =
        Files.writeString(
            programs.resolve("aws"),
            "#!/bin/sh\nexec %s %s \"$@\"\n".formatted(program.resolveSibling("python"), program));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return programs;
  }

  private static Path installed(String program) {
    var path = Tools.repository().resolve(".tools").resolve(program);
    assumeTrue(
        Files.exists(path),
        ".tools/" + program + " is not installed (localstack/tools/install says why)");
    return path;
  }
}
