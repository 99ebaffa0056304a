package dev.roadstead.localstack.fuzz;

import dev.roadstead.localstack.RawConnection.RawAnswer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a client has learnt from the answers it got, so that it can ask for what is there. */
final class Memory {
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final List<String> blobs = new ArrayList<>();
  private final List<String> manifests = new ArrayList<>();
  private final List<String> locations = new ArrayList<>();
  private final Map<String, ByteArrayOutputStream> uploads = new HashMap<>();

  List<String> blobs() {
    return blobs;
  }

  List<String> manifests() {
    return manifests;
  }

  List<String> locations() {
    return locations;
  }

  /** What an upload has taken so far. */
  byte[] taken(String location) {
    var bytes = uploads.get(session(location));
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  void learn(FuzzRequest request, RawAnswer answer) {
    var location = answer.header("Location");
    var digest = answer.header("Docker-Content-Digest");
    if (location.contains("/blobs/uploads/")) {
      locations.add(location);
      if (answer.status() == ACCEPTED && request.method().equals("PATCH")) {
        uploads
            .computeIfAbsent(session(location), first -> new ByteArrayOutputStream())
            .writeBytes(request.body());
      }
    } else if (answer.status() == CREATED && location.contains("/manifests/")) {
      manifests.add(digest);
    } else if (answer.status() == CREATED) {
      blobs.add(digest);
    }
  }

  /** A location is {@code …/session.signature}. */
  private static String session(String location) {
    var segment = location.substring(location.lastIndexOf('/') + 1);
    int dot = segment.indexOf('.');
    return dot < 0 ? segment : segment.substring(0, dot);
  }
}
