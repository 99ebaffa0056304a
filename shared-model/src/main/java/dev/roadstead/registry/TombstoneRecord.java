package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is left of a deleted manifest, so that it can be brought back.
 *
 * @param tags those that went with it
 * @param expiresAtSeconds until when it is kept, in seconds since 1970
 * @param referrersQueued whether what referred to the manifest is queued for collection
 * @param lookAtSeconds when the collector looks at it next, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // read from an item, never compared
public record TombstoneRecord(
    Key key,
    RepositoryName repository,
    Digest digest,
    MediaType mediaType,
    long sizeBytes,
    String by,
    long atSeconds,
    SortedSet<String> tags,
    Optional<byte[]> inlineBody,
    Optional<ObjectKey> bodyObject,
    long expiresAtSeconds,
    boolean referrersQueued,
    long lookAtSeconds) {
  static final String BY = "by";
  static final String AT = "at";
  static final String REFERRERS_QUEUED = "referrersQueued";
  static final String EXPIRES_AT = "expiresAt";

  /** Reads a record. */
  public static TombstoneRecord of(Item item) {
    var sort = item.key().sort();
    return new TombstoneRecord(
        item.key(),
        Keys.repositoryOf(item.key()),
        Digest.parse(sort.substring(sort.indexOf('#') + 1)),
        new MediaType(item.text(ManifestRecord.MEDIA_TYPE)),
        item.number(ManifestRecord.SIZE),
        item.text(BY),
        item.number(AT),
        item.names(ManifestRecord.TAG_NAMES),
        item.bytesIfAny(ManifestRecord.BODY),
        item.textIfAny(ManifestRecord.BODY_OBJECT).map(ObjectKey::new),
        item.numberIfAny(EXPIRES_AT).orElse(0),
        item.has(REFERRERS_QUEUED),
        item.numberIfAny(Hint.AT).orElse(0));
  }
}
