package dev.roadstead.cli.doctor;

import static dev.roadstead.cli.doctor.Visit.closing;
import static dev.roadstead.cli.doctor.Visit.require;
import static dev.roadstead.cli.doctor.Visit.streamed;
import static dev.roadstead.cli.doctor.Visit.whole;

import dev.roadstead.cli.doctor.Visit.Blob;
import dev.roadstead.client.RegistryProbe.Reply;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Every way in which clients bring a blob. */
final class UploadChecks {
  private static final int SMALL_BYTES = 1000;

  /** Longer than a function takes, so it goes past the functions. */
  private static final int LARGE_BYTES = Limits.FUNCTION_BODY_BYTES + 500_000;

  private static final String STORE =
      "the functions may not write: are bucket and table there, and may the functions use them?";
  private static final String RELAY =
      "clients that send streams (docker before 29, podman, skopeo, crane) cannot push such"
          + " layers: switch the relay on";

  static final List<Check> ALL =
      List.of(
          new Check(
              "upload-put",
              Set.of(Operation.START_UPLOAD, Operation.FINISH_UPLOAD),
              STORE,
              visit -> put(visit, SMALL_BYTES)),
          new Check(
              "upload-post",
              Set.of(Operation.START_UPLOAD),
              "POST ?digest= with a body is optional, but some clients use it",
              UploadChecks::post),
          new Check(
              "upload-chunks",
              Set.of(Operation.APPEND_CHUNK, Operation.UPLOAD_STATUS, Operation.FINISH_UPLOAD),
              STORE,
              UploadChecks::chunks),
          new Check(
              "upload-cancel",
              Set.of(Operation.CANCEL_UPLOAD),
              "DELETE of an upload has to end it",
              UploadChecks::cancel),
          new Check(
              "large-put",
              Set.of(Operation.FINISH_UPLOAD),
              "containerd, helm and oras push layers so; is a proxy in front that limits bodies?",
              visit -> put(visit, LARGE_BYTES)),
          new Check(
              "large-stream", Set.of(Operation.APPEND_CHUNK), RELAY, UploadChecks::largeStream),
          new Check(
              "wrong-digest",
              Set.of(Operation.FINISH_UPLOAD),
              "bytes must never be stored under another digest than theirs",
              UploadChecks::wrongDigest),
          new Check(
              "mount",
              Set.of(Operation.START_UPLOAD),
              "layers are sent again where they could be shared; nothing breaks",
              UploadChecks::mount));

  private UploadChecks() {}

  private static Finding put(Visit visit, int sizeBytes) throws IOException {
    var blob = visit.newBlob(sizeBytes);
    var put = visit.to("PUT", closing(visit.startUpload(), blob.digest()));
    created(visit, visit.expect(whole(put, blob), 201), blob);
    return new Finding.Passed(sizeBytes + " bytes in one PUT");
  }

  private static Finding post(Visit visit) throws IOException {
    var blob = visit.newBlob(SMALL_BYTES);
    var post = visit.request("POST", "blobs/uploads/?digest=" + blob.digest());
    var reply = visit.expect(whole(post, blob), 201, 202);
    if (reply.status() == 202) {
      return new Finding.Skipped("answered with a session instead, as it may");
    }
    created(visit, reply, blob);
    return new Finding.Passed("POST alone");
  }

  private static Finding chunks(Visit visit) throws IOException {
    var blob = visit.newBlob(2 * SMALL_BYTES);
    var first = Blob.of(Arrays.copyOf(blob.bytes(), SMALL_BYTES));
    var second = Blob.of(Arrays.copyOfRange(blob.bytes(), SMALL_BYTES, 2 * SMALL_BYTES));
    var reply = visit.expect(whole(visit.to("PATCH", visit.startUpload()), first), 202);
    range(reply, SMALL_BYTES);
    reply = visit.expect(visit.to("GET", visit.location(reply)), 204);
    range(reply, SMALL_BYTES);
    var next = visit.to("PATCH", visit.location(reply));
    var bounds = SMALL_BYTES + "-" + (2 * SMALL_BYTES - 1);
    reply = visit.expect(whole(next.with("Content-Range", bounds), second), 202);
    range(reply, 2 * SMALL_BYTES);
    var end = visit.to("PUT", closing(visit.location(reply), blob.digest()));
    created(visit, visit.expect(end, 201), blob);
    return new Finding.Passed("two chunks, and how far it had come between them");
  }

  private static void range(Reply reply, int sizeBytes) {
    var range = reply.header("Range");
    require(
        range.equals("0-" + (sizeBytes - 1)),
        "Range is '" + range + "' after " + sizeBytes + " bytes");
  }

  private static Finding cancel(Visit visit) throws IOException {
    var location = visit.startUpload();
    visit.expect(visit.to("DELETE", location), 204);
    visit.expect(visit.to("GET", location), 404);
    return new Finding.Passed("and it is gone");
  }

  private static Finding largeStream(Visit visit) throws IOException {
    var blob = visit.newBlob(LARGE_BYTES);
    var reply = visit.expect(streamed(visit.to("PATCH", visit.startUpload()), blob), 202);
    var end = visit.to("PUT", closing(visit.location(reply), blob.digest()));
    created(visit, visit.expect(end, 201), blob);
    return new Finding.Passed(LARGE_BYTES + " bytes of unknown length in one PATCH");
  }

  private static Finding wrongDigest(Visit visit) throws IOException {
    var blob = visit.newBlob(SMALL_BYTES);
    var other = visit.newBlob(SMALL_BYTES);
    var put = visit.to("PUT", closing(visit.startUpload(), other.digest()));
    visit.expect(whole(put, blob), 400);
    visit.expect(visit.request("HEAD", "blobs/" + other.digest()), 404);
    return new Finding.Passed("refused, and nothing stored");
  }

  private static Finding mount(Visit visit) throws IOException {
    var blob = visit.newBlob(SMALL_BYTES);
    visit.push(blob);
    var path =
        "%s/blobs/uploads/?mount=%s&from=%s"
            .formatted(visit.neighbour(), blob.digest(), visit.repository());
    var reply = visit.expect(visit.to("POST", path), 201, 202);
    if (reply.status() == 202) {
      visit.send(visit.to("DELETE", visit.location(reply)));
      return new Finding.Skipped("not mounted; clients upload instead");
    }
    visit.expect(visit.to("HEAD", visit.neighbour() + "/blobs/" + blob.digest()), 200);
    return new Finding.Passed("from one repository into another");
  }

  private static void created(Visit visit, Reply reply, Blob blob) throws IOException {
    var digest = reply.header("Docker-Content-Digest");
    require(
        digest.isEmpty() || digest.equals(blob.digest().toString()),
        "Docker-Content-Digest is '" + digest + "'");
    visit.location(reply);
    visit.expect(visit.request("HEAD", "blobs/" + blob.digest()), 200);
  }
}
