package dev.roadstead.localstack.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process prints. It goes where the gateway logs, line by line, and each line to whoever
 * reads the log, as CloudWatch Logs does it with subscriptions.
 */
final class ProcessLog {
  /** What is longer is handed on in pieces, and is no line to whoever reads. */
  static final int MAX_LINE_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ProcessLog.class);

  /** Standard output belongs to the ready line. */
  private static final OutputStream GATEWAY = new FileOutputStream(FileDescriptor.err);

  private final Consumer<String> reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean cut;

  private ProcessLog(Consumer<String> reader) {
    this.reader = reader;
  }

  /** Reads until the process has ended, in a thread of its own, whose end is the log's. */
  static Thread follow(InputStream printed, Consumer<String> reader) {
    var log = new ProcessLog(reader);
    return Thread.ofPlatform().daemon().name("process-log").start(() -> log.readAll(printed));
  }

  private void readAll(InputStream printed) {
    try (var bytes = new BufferedInputStream(printed)) {
      for (int next = bytes.read(); next >= 0; next = bytes.read()) {
        line.write(next);
        if (next == '\n') {
          handOn(!cut);
          cut = false;
        } else if (line.size() >= MAX_LINE_BYTES) {
          handOn(false);
          cut = true;
        }
      }
    } catch (IOException ended) {
      LOG.debug("a process has ended while it printed", ended);
    }
    handOn(false); // a process that is killed may leave half a line
  }

  private void handOn(boolean whole) {
    var bytes = line.toByteArray();
    line.reset();
    try {
      GATEWAY.write(bytes);
    } catch (IOException gone) {
      LOG.debug("nobody takes the gateway's log", gone); // and the process must not wait for it
    }
    if (whole) {
      reader.accept(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    }
  }
}
