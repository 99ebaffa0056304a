package dev.roadstead.lambda;

import dev.roadstead.aws.AwsStores;
import dev.roadstead.endpoints.FunctionSettings.Installation;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.store.EdgeStore;
import java.util.List;
import java.util.Optional;

/** What functions need of the cloud's stores that no port has. */
interface Cloud {
  /** Does some work, and leaves neither connection nor credentials behind. */
  void leavingNoConnection(Runnable work);

  /** The direct PUTs that an event of the object store tells of. */
  List<BlobCreated.Event> arrivals(byte[] event);

  /** Where the installation's secrets lie. */
  SecretTable secrets();

  /** Where its edge reads. */
  EdgeStore edge();

  /**
   * What these stores have.
   *
   * @param installation for functions that are in one
   */
  static Cloud of(AwsStores stores, Optional<Installation> installation) {
    var events = new S3Events(stores.origins().bucket(), stores.origins()::repository);
    return new Cloud() {
      @Override
      public void leavingNoConnection(Runnable work) {
        stores.leavingNoConnection(work);
      }

      @Override
      public List<BlobCreated.Event> arrivals(byte[] event) {
        return events.read(event);
      }

      @Override
      public SecretTable secrets() {
        return new SecretTable(stores.table(needed().secretsTable()));
      }

      @Override
      public EdgeStore edge() {
        return stores.edge(needed().edgeStore().orElseThrow(this::missing));
      }

      private Installation needed() {
        return installation.orElseThrow(this::missing);
      }

      private IllegalArgumentException missing() {
        return new IllegalArgumentException("this function is not told where keys and edge are");
      }
    };
  }
}
