package dev.roadstead.lambda;

import dev.roadstead.aws.AwsStores;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.S3Events;
import java.util.List;

/** What functions need of the cloud's stores that no port has. */
interface Cloud {
  /** Does some work, and leaves neither connection nor credentials behind. */
  void leavingNoConnection(Runnable work);

  /** The direct PUTs that an event of the object store tells of. */
  List<BlobCreated.Event> arrivals(byte[] event);

  /** What these stores have. */
  static Cloud of(AwsStores stores) {
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
    };
  }
}
