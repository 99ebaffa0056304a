package dev.roadstead.localstack;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in good order when it is told to (SIGTERM, Ctrl-C), with exit code 0, because
 * being told to is no failure; a JVM's own code would be 143. Whatever this does not get to is
 * covered as {@code kill -9} is.
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** How long closing may take before the process ends anyway. */
  private static final Duration LIMIT = Duration.ofMillis(9_500);

  private volatile AutoCloseable running = () -> {};
  private final Thread hook = new Thread(this::end, "ending");

  /** From now on a signal ends the process well. */
  void arm() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What is closed at the end. */
  void closes(AutoCloseable resource) {
    running = resource;
  }

  /** The process ends by itself, and its exit code counts. */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException signalled) {
      LOG.debug("a signal came first", signalled);
    }
  }

  private void end() {
    var closing = Thread.ofPlatform().daemon().name("closing").start(this::close);
    try {
      closing.join(LIMIT);
    } catch (InterruptedException nobodyDoesThis) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private void close() {
    try {
      running.close();
    } catch (Exception failed) {
      LOG.warn("could not close cleanly", failed);
    }
  }
}
