package dev.roadstead.localstack.spec;

import java.util.List;

/**
 * One repository, as a client sees it. Paths are those of the spec after {@code /v2/<name>}.
 *
 * @param name the spec's {@code <name>}
 */
record Repository(Http http, String name) {
  private static final String OCTETS = "application/octet-stream";
  private static final byte[] NOTHING = {};

  String path(String rest) {
    return "/v2/" + name + rest;
  }

  Reply get(String rest, String... headers) {
    return http.get(path(rest), headers);
  }

  Reply head(String rest, String... headers) {
    return http.head(path(rest), headers);
  }

  Reply delete(String rest) {
    return http.delete(path(rest));
  }

  Reply put(String rest, Manifest manifest) {
    return http.put(path(rest), manifest.bytes(), "Content-Type", manifest.mediaType());
  }

  Reply post(String rest) {
    return http.post(path(rest), NOTHING);
  }

  /** Begins an upload. */
  Upload startUpload() {
    return new Upload(http, post("/blobs/uploads/").expect(202));
  }

  /** Pushes a blob: POST, then PUT. */
  Content push(Content blob) {
    startUpload().put(blob.digest(), blob.bytes()).expect(201);
    return blob;
  }

  /** Pushes some bytes that nobody has pushed before. */
  Content pushBlob() {
    return push(Content.random(600));
  }

  /** Pushes a blob in one POST. */
  Reply postBlob(Content blob, String digest) {
    return http.post(
        path("/blobs/uploads/?digest=" + digest), blob.bytes(), "Content-Type", OCTETS);
  }

  /** An image manifest whose config and layer are in the repository; not pushed itself. */
  Manifest newImage() {
    return Manifest.image(push(Content.random(200)), pushBlob());
  }

  /** Pushes an image with all it needs. */
  Manifest pushImage(String... tags) {
    var image = newImage();
    for (var tag : tags) {
      put("/manifests/" + tag, image).expect(201);
    }
    if (tags.length == 0) {
      push(image);
    }
    return image;
  }

  /** Pushes a manifest under its digest. */
  Manifest push(Manifest manifest) {
    put("/manifests/" + manifest.digest(), manifest).expect(201);
    return manifest;
  }

  List<String> tags() {
    return get("/tags/list").expect(200).texts("tags");
  }
}
