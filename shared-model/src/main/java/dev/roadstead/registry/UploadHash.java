package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.hash.ResumableHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The digest of an upload while it comes in. Most clients name the algorithm only at the end; until
 * an upload is larger than {@value #UNDECIDED_BYTES} bytes all algorithms are kept, after that the
 * first one, because hashing everything twice would cost more than everything else.
 */
final class UploadHash {
  static final long UNDECIDED_BYTES = 64 * 1024;

  private final List<ResumableHash> hashes;

  private UploadHash(List<ResumableHash> hashes) {
    this.hashes = new ArrayList<>(hashes);
  }

  /** Of nothing, with this algorithm; if it is not known, with all, SHA-256 first. */
  static UploadHash start(Optional<HashAlgorithm> algorithm) {
    return new UploadHash(
        algorithm.map(List::of).orElse(List.of(HashAlgorithm.SHA256, HashAlgorithm.SHA512)).stream()
            .map(ResumableHash::start)
            .toList());
  }

  /** Goes on from what {@link #save} gave: each state with its length before it. */
  static UploadHash resume(byte[] saved) {
    var hashes = new ArrayList<ResumableHash>();
    var bytes = ByteBuffer.wrap(saved);
    while (bytes.hasRemaining()) {
      var state = new byte[bytes.getShort()];
      bytes.get(state);
      hashes.add(ResumableHash.resume(state));
    }
    return new UploadHash(hashes);
  }

  /** Takes the remaining bytes, and leaves the buffer as it is. */
  void update(ByteBuffer bytes) {
    if (hashes.getFirst().countBytes() + bytes.remaining() > UNDECIDED_BYTES) {
      hashes.subList(1, hashes.size()).clear();
    }
    hashes.forEach(hash -> hash.update(bytes.duplicate()));
  }

  byte[] save() {
    var saved = new ByteArrayOutputStream();
    for (var hash : hashes) {
      var state = hash.save();
      saved.writeBytes(ByteBuffer.allocate(2).putShort((short) state.length).array());
      saved.writeBytes(state);
    }
    return saved.toByteArray();
  }

  /** The digest of what came in; empty when this algorithm was not kept. */
  Optional<String> hex(HashAlgorithm algorithm) {
    return hashes.stream()
        .filter(hash -> hash.algorithm() == algorithm)
        .map(ResumableHash::hex)
        .findFirst();
  }
}
