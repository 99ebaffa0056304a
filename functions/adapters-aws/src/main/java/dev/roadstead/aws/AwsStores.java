package dev.roadstead.aws;

import dev.roadstead.store.EdgeStore;
import dev.roadstead.store.Ids;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.RelayMachine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Both stores on AWS. Opening them calls nothing and makes no client: each is made at its first
 * use, so a function pays only for what it does. For any number of threads.
 *
 * <pre>
 * var stores = new AwsStores(AwsSettings.of(System.getenv()), new AwsStores.Surroundings(...));
 * var environment =
 *     new Environment(stores.metadata(), stores.blobs(), clock, ids, RegistrySettings.DEFAULTS);
 * </pre>
 */
public final class AwsStores implements AutoCloseable {
  private final AwsClients clients;
  private final MetadataStore metadata;
  private final S3BlobStore blobs;
  private final S3Origins origins;
  private final AwsSetup setup;
  private final Function<String, MetadataStore> tables;
  private final InstantSource clock;
  private final Retry retry;

  /**
   * What the stores need besides AWS.
   *
   * @param ids for the tokens by which a repeated transaction is known
   * @param random for the pauses between tries
   * @param staging a folder for bytes on their way; on Lambda {@code /tmp}
   */
  public record Surroundings(InstantSource clock, Ids ids, RandomGenerator random, Path staging) {}

  /** Stores with these settings. */
  public AwsStores(AwsSettings settings, Surroundings surroundings) {
    this(settings, surroundings, List.of());
  }

  AwsStores(
      AwsSettings settings, Surroundings surroundings, List<ExecutionInterceptor> interceptors) {
    this(
        settings,
        surroundings,
        interceptors,
        new Retry(surroundings.clock(), surroundings.random()));
  }

  AwsStores(
      AwsSettings settings,
      Surroundings surroundings,
      List<ExecutionInterceptor> interceptors,
      Retry retry) {
    this.retry = retry;
    clients = new AwsClients(settings, interceptors);
    tables = name -> new DynamoDbMetadataStore(clients::dynamoDb, name, surroundings.ids(), retry);
    clock = surroundings.clock();
    metadata = tables.apply(settings.table());
    blobs = new S3BlobStore(clients, settings.bucket(), surroundings.staging(), retry);
    origins = new S3Origins(clients::s3, settings.bucket(), retry);
    setup = new AwsSetup(clients, settings, retry);
  }

  /** The table. */
  public MetadataStore metadata() {
    return metadata;
  }

  /** Another table with keys of the same kind. */
  public MetadataStore table(String name) {
    return tables.apply(name);
  }

  /** The key-value store of this ARN, which the CDN's functions read. */
  public EdgeStore edge(String storeArn) {
    return new CloudFrontEdgeStore(
        clients::resolvedCredentials, clock, CloudFrontEdgeStore.serviceOf(storeArn), storeArn);
  }

  /** The bucket. */
  public S3BlobStore blobs() {
    return blobs;
  }

  /** For which repository an object came. */
  public S3Origins origins() {
    return origins;
  }

  /** The machine of a relay that sleeps, in the same account. */
  public RelayMachine relayMachine(RelaySettings relay) {
    return new Ec2RelayMachine(relay, clients::credentials, retry);
  }

  /** Looks whether bucket and table can be used, and makes them where that is asked for. */
  public AwsSetup setup() {
    return setup;
  }

  /**
   * Does some work and leaves neither connection nor credentials behind, for a process that a
   * snapshot is taken of. The next call takes new ones.
   */
  public void leavingNoConnection(Runnable work) {
    clients.leavingNoConnection(work);
  }

  /** Closes the connections. */
  @Override
  public void close() {
    clients.close();
  }
}
