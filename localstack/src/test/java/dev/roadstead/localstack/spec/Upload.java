package dev.roadstead.localstack.spec;

/** An upload session, which follows the location that each answer gives. */
final class Upload {
  private static final byte[] NOTHING = {};

  private final Http http;
  private final Reply started;
  private String location;

  Upload(Http http, Reply started) {
    this.http = http;
    this.started = started;
    this.location = started.header("Location");
  }

  /** The answer to the POST. */
  Reply started() {
    return started;
  }

  String location() {
    return location;
  }

  /** Sends a chunk and says where it begins. */
  Reply patch(byte[] chunk, String contentRange) {
    return moved(http.patch(location, chunk, "Content-Range", contentRange));
  }

  /** Sends what comes next. */
  Reply patch(byte[] chunk) {
    return moved(http.patch(location, chunk));
  }

  /** Sends what comes next, of a length that is not said. */
  Reply stream(byte[] chunk) {
    return moved(http.stream("PATCH", location, chunk));
  }

  Reply put(String digest) {
    return put(digest, NOTHING);
  }

  Reply put(String digest, byte[] lastChunk, String... headers) {
    return http.put(closing(digest), lastChunk, headers);
  }

  /** The location with the digest added as a client adds it. */
  String closing(String digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  Reply status() {
    return moved(http.get(location));
  }

  Reply cancel() {
    return http.delete(location);
  }

  private Reply moved(Reply reply) {
    if (reply.status() == 202 || reply.status() == 204) {
      location = reply.header("Location");
    }
    return reply;
  }
}
