package dev.roadstead.endpoints.jobs;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Uploads;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import java.time.InstantSource;

/** The job {@code expire-uploads}: ends upload sessions that have stood still past their life. */
public final class ExpireUploads {
  /** How many sessions one run looks at in each of the queue's shards. */
  public static final int MAX_PER_SHARD = 100;

  private final MetadataStore metadata;
  private final Uploads uploads;
  private final InstantSource clock;

  /** Ends sessions here. */
  public ExpireUploads(MetadataStore metadata, Uploads uploads, InstantSource clock) {
    this.metadata = metadata;
    this.uploads = uploads;
    this.clock = clock;
  }

  /** One run; tells how many sessions it ended. */
  public int run() {
    int ended = 0;
    for (var queue : Hint.Kind.SESSION.queues()) {
      long now = clock.instant().getEpochSecond();
      for (var key : metadata.due(queue, now, MAX_PER_SHARD)) {
        ended += expire(key) ? 1 : 0;
      }
    }
    return ended;
  }

  private boolean expire(Key key) {
    var partition = key.partition(); // R#name#U
    var repository = new RepositoryName(partition.substring(2, partition.length() - 2));
    return uploads.expire(repository, SessionId.parse(key.sort()));
  }
}
