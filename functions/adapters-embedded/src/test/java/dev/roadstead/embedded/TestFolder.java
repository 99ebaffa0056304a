package dev.roadstead.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Data folders and stores for tests, as the local registry opens them. */
final class TestFolder {
  private TestFolder() {}

  static DataFolder open(Path path) {
    return DataFolder.open(path, new SecureRandom());
  }

  static FileBlobStore blobStore(DataFolder folder) {
    var secret = folder.secret(DataFolder.Secret.OBJECT_ADDRESSES);
    return new FileBlobStore(
        folder, UUID::randomUUID, new ObjectAddress(secret, Clock.systemUTC()));
  }
}
