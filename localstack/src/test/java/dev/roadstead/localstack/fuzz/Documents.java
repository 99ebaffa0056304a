package dev.roadstead.localstack.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Manifests, right or wrong, of what a client knows to be there and of what is not. */
record Documents(Chance chance, Memory memory) {
  private static final String OCI = "application/vnd.oci.image.";
  private static final String DOCKER = "application/vnd.docker.distribution.manifest.";
  private static final String ABSENT =
      "sha256:00000000000000000000000000000000000000000000000000000000000000ff";

  /** A manifest, and the media type to push it with. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Document(String mediaType, byte[] bytes) {}

  Document next() {
    boolean isIndex = chance.oneIn(3);
    var mediaType =
        isIndex
            ? chance.oneOf(OCI + "index.v1+json", DOCKER + "list.v2+json")
            : chance.oneOf(OCI + "manifest.v1+json", DOCKER + "v2+json");
    var json = json(mediaType, isIndex).getBytes(StandardCharsets.UTF_8);
    return new Document(mediaType, chance.oneIn(6) ? chance.damaged(json) : json);
  }

  private String json(String mediaType, boolean isIndex) {
    var parts =
        isIndex
            ? "\"manifests\":" + list(memory.manifests())
            : "\"config\":" + descriptor(memory.blobs()) + ",\"layers\":" + list(memory.blobs());
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",%s%s%s}"
        .formatted(mediaType, parts, subject(), annotations());
  }

  private String list(List<String> known) {
    int count = chance.oneIn(30) ? chance.oneOf(90, 91, 200) : chance.below(4);
    return IntStream.range(0, count)
        .mapToObj(i -> descriptor(known))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String descriptor(List<String> known) {
    boolean isKnown = !known.isEmpty() && !chance.oneIn(12);
    var digest = isKnown ? chance.oneOf(known) : chance.oneOf(ABSENT, ABSENT, "sha256:x");
    var size = chance.oneIn(20) ? chance.oneOf("-1", "1.5", "null", "9".repeat(30)) : "100";
    return "{\"mediaType\":\"application/octet-stream\",\"digest\":\"%s\",\"size\":%s}"
        .formatted(digest, size);
  }

  private String subject() {
    return chance.oneIn(3) ? ",\"subject\":" + descriptor(memory.manifests()) : "";
  }

  private String annotations() {
    if (chance.oneIn(2)) {
      return ",\"artifactType\":\"application/vnd.example.a" + chance.below(3) + "\"";
    }
    int length = chance.oneIn(25) ? 20_000 : chance.below(40);
    var noise = new String(chance.bytes(length), StandardCharsets.ISO_8859_1);
    return ",\"annotations\":{\"noise\":\"%s\"}".formatted(noise.replaceAll("[^!#-\\[\\]-~]", "x"));
  }
}
