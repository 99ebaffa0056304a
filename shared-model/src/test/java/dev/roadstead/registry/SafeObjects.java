package dev.roadstead.registry;

import static dev.roadstead.registry.Contents.last;
import static dev.roadstead.registry.Contents.number;
import static dev.roadstead.registry.Contents.text;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.store.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The judge's half that looks at bytes: every object and every part is named by exactly one record,
 * what is live is there and condemned by nobody, and open uploads hold what they accepted.
 */
final class SafeObjects {
  private final Contents contents;
  private final StoredBytes objects;
  private final List<String> violations = new ArrayList<>();

  SafeObjects(Contents contents, StoredBytes objects) {
    this.contents = contents;
    this.objects = objects;
  }

  List<String> violations() {
    blobsHaveTheirBytes();
    everyObjectHasOneOwner();
    everyPartHasAnOwner();
    sessionsHoldWhatTheyAccepted();
    return violations;
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  private void blobsHaveTheirBytes() {
    contents
        .blobs()
        .forEach(
            (name, blob) -> {
              var key = text(blob, "objectKey");
              check(
                  objects.keys().contains(key),
                  "the bytes of %s are gone: %s".formatted(name, key));
              var digest = Digest.parse(name);
              var bytes = objects.read(key);
              check(
                  Digest.of(digest.algorithm(), bytes).equals(digest)
                      && bytes.length == number(blob, "sizeBytes"),
                  "the bytes of %s are others".formatted(name));
            });
  }

  private void everyObjectHasOneOwner() {
    for (var key : objects.keys()) {
      var owners = owners(key);
      boolean mayBeNobodys = key.startsWith("in/"); // until its event is delivered
      check(
          owners.size() == 1 || (mayBeNobodys && owners.isEmpty()),
          "the object %s is named by %s".formatted(key, owners));
    }
  }

  List<String> unnamedDirectPuts() {
    return objects.keys().stream()
        .filter(key -> key.startsWith("in/") && owners(key).isEmpty())
        .toList();
  }

  private List<String> owners(String key) {
    var owners = new ArrayList<String>();
    contents.blobs().forEach((n, i) -> addIf(key.equals(text(i, "objectKey")), n, owners));
    contents.manifests().forEach((n, i) -> addIf(key.equals(text(i, "bodyObject")), n, owners));
    contents.tombstones().forEach((n, i) -> addIf(key.equals(text(i, "bodyObject")), n, owners));
    contents.sessions().forEach((n, i) -> addIf(sessionOwns(n, i, key), n, owners));
    contents.trash().forEach((n, i) -> addIf(trashOwns(i, key), "trash " + n, owners));
    return owners;
  }

  private static void addIf(boolean owns, String owner, List<String> owners) {
    if (owns) {
      owners.add(owner);
    }
  }

  private static boolean sessionOwns(String name, Item session, String key) {
    boolean direct = key.startsWith("in/") && key.endsWith("/" + last(name));
    return direct
        ? text(session, "state").equals("FRESH")
        : sessionKeys(last(name), number(session, "attempts")).contains(key);
  }

  private static boolean trashOwns(Item trash, String key) {
    if (!trash.has("attempts")) {
      return trash.key().sort().equals(key);
    }
    var session = trash.key().partition().substring(2);
    return sessionKeys(session, number(trash, "attempts")).contains(key)
        && !text(trash, "kept").equals(key);
  }

  private static Set<String> sessionKeys(String session, long attempts) {
    var whole = "data/" + session.substring(0, 2) + "/" + session;
    var keys = new TreeSet<>(Set.of(whole));
    for (long attempt = 1; attempt <= attempts; attempt++) {
      keys.add(whole + "/t" + attempt);
    }
    return keys;
  }

  private void everyPartHasAnOwner() {
    objects
        .multiparts()
        .forEach(
            (id, parts) ->
                check(
                    parts.isEmpty()
                        || contents.sessions().values().stream().anyMatch(i -> has(i, id))
                        || contents.trash().values().stream().anyMatch(i -> has(i, id)),
                    "the parts of the multipart upload %s are named by nobody".formatted(id)));
  }

  private static boolean has(Item owner, String multipart) {
    return text(owner, "multipart").equals(multipart);
  }

  private void sessionsHoldWhatTheyAccepted() {
    contents.sessions().forEach(this::holdsWhatItAccepted);
  }

  private void holdsWhatItAccepted(String name, Item session) {
    var whole = "data/" + last(name).substring(0, 2) + "/" + last(name);
    var pieces = new ArrayList<byte[]>();
    if (text(session, "state").equals("COMMITTING") && objects.keys().contains(whole)) {
      pieces.add(objects.read(whole));
    } else {
      var parts = objects.multiparts().getOrDefault(text(session, "multipart"), new TreeMap<>());
      numbers(text(session, "parts"))
          .forEach(number -> pieces.add(parts.getOrDefault(number, new byte[0])));
      words(text(session, "tails"))
          .forEach(
              tail ->
                  pieces.add(objects.read(whole + "/t" + tail.substring(0, tail.indexOf(':')))));
    }
    long bytes = pieces.stream().mapToLong(piece -> piece.length).sum();
    var kept = UploadHash.resume(session.bytesIfAny("hashState").orElseThrow());
    var algorithm =
        kept.hex(HashAlgorithm.SHA256).isPresent() ? HashAlgorithm.SHA256 : HashAlgorithm.SHA512;
    var right = UploadHash.start(Optional.of(algorithm));
    pieces.forEach(piece -> right.update(ByteBuffer.wrap(piece)));
    check(
        bytes == number(session, "offsetBytes") && kept.hex(algorithm).equals(right.hex(algorithm)),
        "%s does not hold the %d bytes it accepted"
            .formatted(name, number(session, "offsetBytes")));
  }

  private static List<Integer> numbers(String runs) {
    var numbers = new ArrayList<Integer>();
    for (var run : words(runs)) {
      var ends = run.split("-", 2);
      for (int n = Integer.parseInt(ends[0]); n <= Integer.parseInt(ends[ends.length - 1]); n++) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }
}
