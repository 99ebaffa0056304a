package dev.roadstead.registry;

import dev.roadstead.error.RegistryException;
import java.util.Objects;
import java.util.Optional;

/**
 * A client that sends chunks and goes on where the upload stands when the registry died under it:
 * it asks the status, and begins anew only when the upload is gone and the blob is not there.
 */
final class ResumingUpload {
  private final Client client;
  private final TestBlob blob;
  private final int[] ends;
  private Optional<Client.Upload> upload = Optional.empty();
  private int begun;

  /**
   * An upload of this blob.
   *
   * @param ends where chunks end, rising; what is behind the last one goes with the PUT
   */
  ResumingUpload(Client client, TestBlob blob, int... ends) {
    this.client = client;
    this.blob = blob;
    this.ends = ends.clone();
  }

  /** How many uploads it had to begin. */
  int begun() {
    return begun;
  }

  /** Pushes the blob, or what is left of it. */
  void run() {
    var at = upload.flatMap(this::standsAt);
    if (at.isEmpty()) {
      if (client.has(blob)) {
        return;
      }
      upload = Optional.of(client.post());
      begun++;
    }
    go(at.orElse(0));
  }

  private Optional<Integer> standsAt(Client.Upload known) {
    try {
      var answer = client.status(known);
      upload = Optional.of(Client.Upload.of(answer));
      var range = Objects.requireNonNull(answer.headers().get("Range"));
      int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
      return Optional.of(last == 0 ? 0 : last + 1);
    } catch (RegistryException unknown) {
      return Optional.empty();
    }
  }

  private void go(int from) {
    int at = from;
    for (int end : ends) {
      if (at < end) {
        var chunk = blob.slice(at, end);
        upload = Optional.of(Client.Upload.of(client.patchAt(upload.orElseThrow(), at, chunk)));
        at = end;
      }
    }
    Client.created(
        client.put(upload.orElseThrow(), blob.digest(), blob.slice(at, blob.sizeBytes())));
  }
}
