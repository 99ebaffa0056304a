package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessLogTest {
  private static List<String> read(String printed) throws InterruptedException {
    var lines = Collections.synchronizedList(new ArrayList<String>());
    var bytes = new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8));
    ProcessLog.follow(bytes, lines::add).join();
    return lines;
  }

  @Test
  void tellsEachLineWithoutItsEnd() throws InterruptedException {
    assertThat(read("WARN one\nINFO tw\u00f6\r\n\nERROR three\n"))
        .containsExactly("WARN one", "INFO tw\u00f6", "", "ERROR three");
  }

  @Test
  void tellsNoHalfLine() throws InterruptedException {
    assertThat(read("one\nWARN tw")).containsExactly("one");
  }

  @Test
  void takesNoPieceOfALongLineForALine() throws InterruptedException {
    var fills = "x".repeat(ProcessLog.MAX_LINE_BYTES);

    assertThat(read(fills + "WARN two\nthree\n")).containsExactly("three");
  }
}
