package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.roadstead.store.RelayMachine;
import dev.roadstead.store.RelayMachine.Start;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** On EC2's API by moto; what moto never says stands here as EC2's reference has it. */
class Ec2RelayMachineTest {
  private static final Pattern INSTANCE = Pattern.compile("<instanceId>(i-[0-9a-f]+)<");
  private static final String VERSION = "&Version=2016-11-15";

  @Test
  void startsAnInstanceThatSleeps() throws Exception {
    var instance = instance();
    ask("StopInstances&InstanceId.1=" + instance);

    assertThat(onMoto(instance).start()).isInstanceOf(Start.Starting.class);
    assertThat(ask("DescribeInstances&InstanceId.1=" + instance)).contains("<name>running</name>");
  }

  @Test
  void leavesOneAloneThatRuns() throws Exception {
    var instance = instance();

    assertThat(onMoto(instance).start()).isInstanceOf(Start.Running.class);
    assertThat(onMoto(instance).start()).isInstanceOf(Start.Running.class);
  }

  @Test
  void tellsTheOperatorWhatEc2SaysOfAnInstanceThatIsNotThere() {
    var gone = onMoto("i-00000000000000000");

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(gone::start)
        .withMessageContaining("action=StartInstances code=InvalidInstanceID.NotFound attempts=1");
  }

  @Test
  void saysOfOneThatStopsThatItTakesNoStart() throws IOException {
    var refusal =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Response><Errors><Error><Code>IncorrectInstanceState</Code><Message>The instance
        'i-1' is not in a state from which it can be started.</Message></Error></Errors>
        <RequestID>3a1e</RequestID></Response>\
        """;
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          var bytes = refusal.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

      assertThat(machine("i-1", address).start()).isInstanceOf(Start.Stopping.class);
    } finally {
      server.stop(0);
    }
  }

  private static RelayMachine onMoto(String instance) {
    return machine(instance, Servers.MOTO.running().address());
  }

  private static RelayMachine machine(String instance, URI ec2) {
    return TestStores.open(ec2, ec2).relayMachine(new RelaySettings(instance, Optional.of(ec2)));
  }

  private static String instance() throws IOException, InterruptedException {
    var found = INSTANCE.matcher(ask("RunInstances&ImageId=ami-12c6146b&MinCount=1&MaxCount=1"));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /** It does not check signatures, but knows by them which service is meant. */
  private static String ask(String action) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(Servers.MOTO.running().address().resolve("/"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=roadstead/20260101/eu-central-1/ec2/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("Action=" + action + VERSION))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
