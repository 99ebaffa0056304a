package dev.roadstead.cli.doctor;

import static dev.roadstead.cli.doctor.Visit.require;

import dev.roadstead.cli.doctor.Check.Unexpected;
import dev.roadstead.cli.doctor.Visit.Blob;
import dev.roadstead.client.RegistryProbe.Reply;
import dev.roadstead.client.RegistryProbe.Request;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What clients read, list and delete. */
final class ContentChecks {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int BLOB_BYTES = 10_000;
  private static final String TAG = "doctor";
  private static final String DELETION = "deletion is switched off, or the functions may not do it";

  static final List<Check> ALL =
      List.of(
          new Check(
              "blob",
              Set.of(Operation.HEAD_BLOB, Operation.GET_BLOB),
              "blobs come from the object store: can this machine reach the address it is sent to?",
              ContentChecks::blob),
          new Check(
              "range",
              Set.of(Operation.GET_BLOB),
              "without ranges a pull that breaks off begins again from the start",
              ContentChecks::range),
          new Check(
              "manifest",
              Set.of(Operation.PUT_MANIFEST, Operation.HEAD_MANIFEST, Operation.GET_MANIFEST),
              "a proxy that compresses or rewrites answers breaks digests",
              ContentChecks::manifest),
          new Check(
              "missing-blob",
              Set.of(Operation.PUT_MANIFEST),
              "images that cannot be pulled must not be taken",
              ContentChecks::missingBlob),
          new Check("tags", Set.of(Operation.LIST_TAGS), "tags/list", ContentChecks::tags),
          new Check(
              "catalog",
              Set.of(Operation.LIST_CATALOG),
              "the catalog is optional, and some registries keep it for administrators",
              ContentChecks::catalog),
          new Check(
              "referrers",
              Set.of(Operation.LIST_REFERRERS),
              "signatures and attestations are found only by the fallback tag",
              ContentChecks::referrers),
          new Check(
              "delete",
              Set.of(Operation.DELETE_MANIFEST, Operation.DELETE_BLOB),
              DELETION,
              ContentChecks::delete));

  private ContentChecks() {}

  private static Finding blob(Visit visit) throws IOException {
    var blob = visit.newBlob(BLOB_BYTES);
    visit.push(blob);
    var path = "blobs/" + blob.digest();
    var head = visit.expect(visit.request("HEAD", path), 200);
    require(
        head.header("Content-Length").equals(String.valueOf(BLOB_BYTES)),
        "HEAD says that the blob has '" + head.header("Content-Length") + "' bytes");
    var request = visit.request("GET", path);
    var reply = followed(visit, request, 200);
    same(blob, reply);
    boolean here = reply.address().getPath().endsWith("/" + path);
    return new Finding.Passed(
        here ? "from the registry itself" : "redirected to " + reply.address().getAuthority());
  }

  /** The reply with the bytes; a registry may send clients elsewhere for them, once. */
  private static Reply followed(Visit visit, Request request, Integer... statuses)
      throws IOException {
    var allowed = Stream.concat(Stream.of(statuses), REDIRECTS.stream()).toArray(Integer[]::new);
    var reply = visit.expect(request, allowed);
    if (!REDIRECTS.contains(reply.status())) {
      return reply;
    }
    var elsewhere = reply.address().resolve(reply.header("Location")).toString();
    var again = visit.to("GET", elsewhere);
    for (var header : request.headers().entrySet()) {
      again = again.with(header.getKey(), header.getValue());
    }
    return visit.expect(again, statuses);
  }

  private static void same(Blob blob, Reply reply) {
    require(Arrays.equals(blob.bytes(), reply.body()), "the bytes are not those that were pushed");
  }

  private static Finding range(Visit visit) throws IOException {
    var blob = visit.newBlob(BLOB_BYTES);
    visit.push(blob);
    var request = visit.request("GET", "blobs/" + blob.digest()).with("Range", "bytes=9000-9999");
    var reply = followed(visit, request, 200, 206);
    require(reply.status() == 206, "a range was asked for, and the whole blob came");
    var part = Arrays.copyOfRange(blob.bytes(), 9000, BLOB_BYTES);
    require(Arrays.equals(part, reply.body()), "another part came than was asked for");
    return new Finding.Passed("the last 1000 bytes");
  }

  private static Blob pushedImage(Visit visit) throws IOException {
    var config = Blob.of("{}");
    var layer = visit.newBlob(BLOB_BYTES);
    visit.push(config);
    visit.push(layer);
    return visit.image(config, layer);
  }

  private static Finding manifest(Visit visit) throws IOException {
    var image = pushedImage(visit);
    visit.pushManifest(TAG, image);
    var digest = image.digest().toString();
    for (var reference : List.of(TAG, digest)) {
      for (var method : List.of("HEAD", "GET")) {
        var request =
            visit.request(method, "manifests/" + reference).with("Accept", Visit.OCI_MANIFEST);
        var reply = visit.expect(request, 200);
        require(
            reply.header("Docker-Content-Digest").equals(digest),
            method + " by " + reference + " names another digest");
        require(
            reply.header("Content-Type").equals(Visit.OCI_MANIFEST),
            "the media type is '" + reply.header("Content-Type") + "'");
        if (method.equals("GET")) {
          same(image, reply);
        }
      }
    }
    return new Finding.Passed("by tag and by digest, the same bytes");
  }

  private static Finding missingBlob(Visit visit) throws IOException {
    var config = Blob.of("{}");
    visit.push(config);
    var image = visit.image(config, visit.newBlob(1));
    visit.expect(visit.manifest("broken", image), 400, 404);
    return new Finding.Passed("an image without its layer is refused");
  }

  private static Finding tags(Visit visit) throws IOException {
    visit.pushManifest(TAG, pushedImage(visit));
    visit.pushManifest(TAG + "-2", pushedImage(visit));
    var page = visit.expect(visit.request("GET", "tags/list?n=1"), 200);
    require(text(page).contains("\"" + TAG + "\""), "the first page does not hold the tag " + TAG);
    require(!page.header("Link").isEmpty(), "n=1 of two tags answered without a Link");
    return new Finding.Passed("page by page");
  }

  private static Finding catalog(Visit visit) throws IOException {
    int status = visit.send(visit.to("GET", "_catalog?n=1")).status();
    return switch (status) {
      case 200 -> new Finding.Passed("for this caller");
      case 401, 403, 404, 405 -> new Finding.Skipped("answered " + status + ", as it may");
      default -> throw new Unexpected("GET /v2/_catalog answered " + status);
    };
  }

  private static Finding referrers(Visit visit) throws IOException {
    var subject = pushedImage(visit);
    visit.pushManifest(TAG, subject);
    var artifact = visit.artifact(Blob.of("{}"), subject);
    var pushed = visit.pushManifest(artifact.digest().toString(), artifact);
    var list = visit.send(visit.request("GET", "referrers/" + subject.digest()));
    require(list.status() == 200, "GET /v2/<name>/referrers/<digest> answered " + list.status());
    require(
        text(list).contains(artifact.digest().toString()), "the list does not hold the artifact");
    require(
        pushed.header("OCI-Subject").equals(subject.digest().toString()),
        "a push with a subject was answered without OCI-Subject");
    return new Finding.Passed("pushed, and found by its subject");
  }

  private static Finding delete(Visit visit) throws IOException {
    var layer = visit.newBlob(BLOB_BYTES);
    var config = Blob.of("{}");
    visit.push(config);
    visit.push(layer);
    var image = visit.image(config, layer);
    visit.pushManifest("deleted", image);
    gone(visit, "manifests/" + image.digest());
    gone(visit, "blobs/" + layer.digest());
    visit.expect(visit.request("GET", "manifests/deleted"), 404);
    return new Finding.Passed("a manifest with its tag, and a blob");
  }

  private static void gone(Visit visit, String path) throws IOException {
    visit.expect(visit.request("DELETE", path), 202);
    Request look = visit.request("HEAD", path);
    visit.expect(look, 404);
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
