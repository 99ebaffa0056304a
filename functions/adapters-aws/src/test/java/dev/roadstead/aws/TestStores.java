package dev.roadstead.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Stores for tests, each in a bucket and a table of its own. */
final class TestStores {
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private TestStores() {}

  /** A table on moto. */
  static AwsStores onMoto(ExecutionInterceptor... interceptors) {
    var stores = open(NOWHERE, Servers.MOTO.running().address(), interceptors);
    stores.setup().table();
    return stores;
  }

  /** A bucket on this server. */
  static AwsStores on(Servers s3, ExecutionInterceptor... interceptors) {
    var stores = open(s3.running().address(), NOWHERE, interceptors);
    stores.setup().bucket();
    return stores;
  }

  /** A bucket on versitygw and a table on moto. */
  static AwsStores onBoth(ExecutionInterceptor... interceptors) {
    var stores =
        open(Servers.VERSITYGW.running().address(), Servers.MOTO.running().address(), interceptors);
    stores.setup().table();
    stores.setup().bucket();
    return stores;
  }

  /** Stores on servers that nobody has asked yet whether they are there. */
  static AwsStores open(URI s3, URI dynamoDb, ExecutionInterceptor... interceptors) {
    var name = "test-" + OPENED.incrementAndGet();
    var settings = new AwsSettings(name, name, Optional.of(s3), Optional.of(dynamoDb));
    return new AwsStores(settings, surroundings(), List.of(interceptors));
  }

  /** Settings for stores whose calls do not get as far as a server. */
  static AwsSettings nowhere() {
    return new AwsSettings("none", "none", Optional.of(NOWHERE), Optional.of(NOWHERE));
  }

  static AwsStores.Surroundings surroundings() {
    return new AwsStores.Surroundings(
        InstantSource.system(),
        UUID::randomUUID,
        new Random(),
        Path.of(System.getProperty("java.io.tmpdir")));
  }
}
