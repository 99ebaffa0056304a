package dev.roadstead.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack as most people know it, where Docker runs; started once for all tests. */
final class LocalStackInDocker {
  /** The last release that starts without an account of its maker. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static Optional<LocalStackContainer> running = Optional.empty();

  private LocalStackInDocker() {}

  /** Where it answers; skips the test where Docker does not run. */
  static synchronized URI address() {
    if (running.isEmpty()) {
      assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker daemon runs here");
      var container =
          new LocalStackContainer(IMAGE)
              .withServices("s3", "dynamodb")
              .withEnv("AWS_ACCESS_KEY_ID", Servers.ACCESS_KEY)
              .withEnv("AWS_SECRET_ACCESS_KEY", Servers.SECRET_KEY)
              .withEnv("S3_SKIP_SIGNATURE_VALIDATION", "0"); // else it takes forged addresses
      container.start();
      running = Optional.of(container);
    }
    return running.get().getEndpoint();
  }
}
