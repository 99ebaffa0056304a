package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UpTest {
  @Test
  void saysInOneLineThatThePortIsInUse(@TempDir Path folder) throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var said = new StringWriter();
      var up = new CommandLine(new Up()).setErr(new PrintWriter(said));
      var data = folder.resolve("data").toString();

      int code = up.execute("--port", String.valueOf(other.getLocalPort()), "--data", data);

      assertThat(code).isEqualTo(1);
      assertThat(said.toString().lines())
          .containsExactly(
              "roadstead: cannot listen on 127.0.0.1, port "
                  + other.getLocalPort()
                  + " (Address already in use); stop what uses it, or choose another --port");
    }
  }
}
