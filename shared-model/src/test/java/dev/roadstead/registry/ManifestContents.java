package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.store.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the bodies of all manifests say, read from where they lie. For the judge. */
record ManifestContents(Map<String, Parsed> byName) {
  private static final JsonMapper JSON = new JsonMapper();

  /** What one manifest names and counts: each digest once. */
  record Parsed(SortedSet<String> blobs, SortedSet<String> manifests, Optional<String> subject) {}

  static ManifestContents of(Contents contents, StoredBytes objects) {
    var byName = new TreeMap<String, Parsed>();
    contents
        .manifests()
        .forEach(
            (name, manifest) -> {
              var own = Optional.ofNullable(contents.bodies().get(name + "#B"));
              var bodies = new ArrayList<byte[]>();
              manifest.bytesIfAny("body").map(ManifestContents::inflated).ifPresent(bodies::add);
              own.flatMap(item -> item.bytesIfAny("body"))
                  .map(ManifestContents::inflated)
                  .ifPresent(bodies::add);
              manifest.textIfAny("bodyObject").map(objects::read).ifPresent(bodies::add);
              if (bodies.size() == 1 && isRight(name, manifest, bodies.getFirst())) {
                var parsed = parsed(bodies.getFirst());
                parsed.manifests().removeAll(absent(manifest));
                byName.put(name, halfWay(contents, name, manifest, parsed));
              }
            });
    return new ManifestContents(byName);
  }

  /** Of one that is put or deleted in steps only what is behind the cursor counts. */
  private static Parsed halfWay(Contents contents, String name, Item manifest, Parsed whole) {
    var state = Contents.text(manifest, "state");
    if (state.equals("LIVE")) {
      return whole;
    }
    var progress = contents.progressOf(Contents.repository(name), Contents.last(name));
    var counted =
        Child.unpack(manifest.bytesIfAny("children").orElse(new byte[0])).stream()
            .limit(Contents.number(progress, "cursor"))
            .map(child -> child.digest().toString())
            .collect(Collectors.toSet());
    whole.blobs().retainAll(counted);
    whole.manifests().retainAll(counted);
    var seen = state.equals("STAGED") ? Optional.<String>empty() : whole.subject();
    return new Parsed(whole.blobs(), whole.manifests(), seen);
  }

  private static boolean isRight(String name, Item manifest, byte[] body) {
    var digest = Digest.parse(Contents.last(name));
    return Digest.of(digest.algorithm(), body).equals(digest)
        && Contents.number(manifest, "sizeBytes") == body.length;
  }

  /** What a sparse index named and was not there: nobody owes it to a client. */
  private static Set<String> absent(Item manifest) {
    return manifest.bytesIfAny("absent").map(Child::unpack).orElse(List.of()).stream()
        .map(child -> child.digest().toString())
        .collect(Collectors.toSet());
  }

  private static Parsed parsed(byte[] body) {
    var root = JSON.readTree(body);
    var blobs = new TreeSet<String>();
    var manifests = new TreeSet<String>();
    var described = new ArrayList<JsonNode>();
    root.path("layers").forEach(described::add);
    if (root.has("config")) {
      described.add(root.get("config"));
    }
    for (var descriptor : described) {
      if (!descriptor.path("mediaType").asString().matches(".*(nondistributable|foreign).*")) {
        blobs.add(descriptor.path("digest").asString());
      }
    }
    root.path("manifests").forEach(child -> manifests.add(child.path("digest").asString()));
    var subject = Optional.ofNullable(root.path("subject").path("digest").asString(null));
    return new Parsed(blobs, manifests, subject);
  }

  /** Whether these are the deflated bytes that have this digest. */
  static boolean has(byte[] deflated, String digest) {
    var expected = Digest.parse(digest);
    return Digest.of(expected.algorithm(), inflated(deflated)).equals(expected);
  }

  private static byte[] inflated(byte[] deflated) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
      return in.readAllBytes();
    } catch (IOException damaged) {
      return new byte[0];
    }
  }

  Optional<Parsed> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** How many manifests of its repository name this blob or manifest. */
  long countNaming(String name) {
    var digest = Contents.last(name);
    return byName.entrySet().stream()
        .filter(m -> Contents.repository(m.getKey()).equals(Contents.repository(name)))
        .map(Map.Entry::getValue)
        .filter(m -> List.of(m.blobs(), m.manifests()).stream().anyMatch(s -> s.contains(digest)))
        .count();
  }

  /** Every {@code repository!subject referrer}. */
  SortedSet<String> subjects() {
    var found = new TreeSet<String>();
    byName.forEach(
        (name, manifest) ->
            manifest
                .subject()
                .ifPresent(
                    subject ->
                        found.add(
                            Contents.repository(name)
                                + "!"
                                + subject
                                + " "
                                + Contents.last(name))));
    return found;
  }
}
