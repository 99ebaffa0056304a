package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.registry.Child;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * A manifest whose bytes were found and have its digest: what they say.
 *
 * @param mediaType as the bytes say, or as they look
 * @param saysType whether the bytes say it
 * @param children everything it names, packed as records have it
 * @param descriptor what a referrers list has of it; only for one with a subject
 * @param source where the bytes were found
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Known(
    Digest digest,
    long sizeBytes,
    MediaType mediaType,
    boolean saysType,
    byte[] children,
    Optional<Digest> subject,
    Optional<String> artifactType,
    Optional<byte[]> descriptor,
    Source source) {

  List<Child> namedChildren() {
    return Child.unpack(children);
  }

  /** Where the bytes of a manifest lie. */
  sealed interface Source {
    /** Deflated, in the attribute {@code body} of this record. */
    record Beside(Key key) implements Source {}

    /** As they are, in this object. */
    record Whole(ObjectKey object) implements Source {}
  }
}
