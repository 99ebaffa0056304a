package dev.roadstead.registry;

import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Write;
import java.util.List;

/**
 * Deletes what is in the trash for good (rule R6), in steps that anybody may repeat any number of
 * times: the record is marked, so that nobody can get the bytes back; a multipart upload is
 * aborted, so that no late request makes an object of it; the objects are deleted; the record goes.
 * A crash anywhere leaves a marked record, which the next run goes on with. Keys are never used
 * twice, so a deletion that comes late deletes nothing else.
 */
public final class Purge {
  private final Environment environment;

  /** Purges in these stores. */
  public Purge(Environment environment) {
    this.environment = environment;
  }

  /** Purges; false when the record was not as it had been read, and nothing was deleted. */
  public boolean run(TrashRecord trash) {
    if (trash.state() == TrashRecord.State.WAIT && !mark(trash)) {
      return false;
    }
    trash
        .multipart()
        .ifPresent(id -> environment.blobs().abortMultipart(new MultipartId(trash.object(), id)));
    trash.objects().forEach(environment.blobs()::delete);
    var end = new Write.Delete(trash.key(), TrashRecord.IS_PURGED);
    return environment.metadata().write(end) instanceof Outcome.Done;
  }

  private boolean mark(TrashRecord trash) {
    var write =
        new Write.Update(
            trash.key(),
            List.of(Change.put(TrashRecord.STATE, TrashRecord.State.PURGE.name())),
            Condition.all(TrashRecord.WAITS, Condition.is(Hint.AT, trash.purgeAtSeconds())));
    return environment.metadata().write(write) instanceof Outcome.Done;
  }
}
