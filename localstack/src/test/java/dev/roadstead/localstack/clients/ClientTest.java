package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests with one client, in repositories that no other class uses. */
abstract class ClientTest {
  @RegisterExtension static final RegistryUnderTest REGISTRY = new RegistryUnderTest();

  @TempDir Path folder;

  /** {@code 127.0.0.1:PORT/client-name}. */
  final String repository(String name) {
    return REGISTRY.authority() + "/" + seed(name);
  }

  final String seed(String name) {
    return client() + "-" + name;
  }

  /** What a client gets at its first try, or else at its second. */
  static <T> T atTheSecondTryAtLast(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (AssertionError first) {
      return attempt.get();
    }
  }

  /** What a client gets at its first try, or the next one, as people try again. */
  static <T> T atOneOf(int tries, Supplier<T> attempt) {
    for (int i = 1; i < tries; i++) {
      try {
        return attempt.get();
      } catch (AssertionError again) {
        // said by the client itself, in the log of the test
      }
    }
    return attempt.get();
  }

  private String client() {
    return getClass().getSimpleName().replace("Test", "").toLowerCase(Locale.ROOT);
  }
}
