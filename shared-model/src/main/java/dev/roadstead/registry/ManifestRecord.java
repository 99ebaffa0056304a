package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A manifest of a repository.
 *
 * @param tags how many tags point to it
 * @param tagNames their names, as long as there are not more than {@value #MAX_TAG_NAMES}
 * @param manyTags whether there were ever more: then the names are not all of them
 * @param parents how many indexes of the repository name it
 * @param unneededSince while it is a candidate: when the last tag or parent went, in seconds since
 *     1970
 * @param inlineBody the deflated body, when it is small
 * @param bodyObject where the body is, when it is very large; in neither case it has a record of
 *     its own
 */
public record ManifestRecord(
    State state,
    MediaType mediaType,
    long sizeBytes,
    List<Child> children,
    Optional<Digest> subject,
    Optional<String> artifactType,
    long tags,
    SortedSet<String> tagNames,
    boolean manyTags,
    long parents,
    Optional<byte[]> inlineBody,
    Optional<ObjectKey> bodyObject,
    OptionalLong unneededSince) {
  /** How many tag names a record holds. */
  static final int MAX_TAG_NAMES = 64;

  /** Whether it is there. */
  public enum State {
    /** It is. */
    LIVE,
    /** It is being put, in more than one step; nobody sees it. */
    STAGED,
    /** It is being deleted, in more than one step; nothing new may point to it. */
    DELETING
  }

  static final String STATE = "state";
  static final String MEDIA_TYPE = "mediaType";
  static final String SIZE = "sizeBytes";
  static final String CHILDREN = "children";

  /** What a sparse index named that was not there when it was pushed; packed as the children. */
  static final String ABSENT = "absent";

  static final String SUBJECT = "subject";
  static final String ARTIFACT_TYPE = "artifactType";
  static final String TAGS = "tags";
  static final String TAG_NAMES = "tagNames";
  static final String MANY_TAGS = "manyTags";
  static final String PARENTS = "parents";
  static final String BODY = "body";
  static final String BODY_OBJECT = "bodyObject";
  static final String PUSHED_AT = "pushedAt";
  static final String PUSHED_BY = "pushedBy";

  /** Whether it is there, as a condition. */
  public static final Condition IS_LIVE = Condition.is(STATE, State.LIVE.name());

  /** Reads a record. */
  public static ManifestRecord of(Item item) {
    return new ManifestRecord(
        State.valueOf(item.text(STATE)),
        new MediaType(item.text(MEDIA_TYPE)),
        item.number(SIZE),
        Child.unpack(item.bytesIfAny(CHILDREN).orElse(new byte[0])),
        item.textIfAny(SUBJECT).map(Digest::parse),
        item.textIfAny(ARTIFACT_TYPE),
        item.number(TAGS),
        item.names(TAG_NAMES),
        item.has(MANY_TAGS),
        item.number(PARENTS),
        item.bytesIfAny(BODY),
        item.textIfAny(BODY_OBJECT).map(ObjectKey::new),
        item.numberIfAny(Hint.AT));
  }

  /** A manifest that is there from the transaction on that stores this. */
  static Item create(
      ManifestPut.Push push,
      Optional<Tag> tag,
      Children children,
      ManifestBodies.Placed body,
      long nowSeconds) {
    var key = Keys.manifest(push.repository(), push.digest());
    var item =
        Item.at(key)
            .with(STATE, State.LIVE.name())
            .with(MEDIA_TYPE, push.document().mediaType().text())
            .with(SIZE, push.bytes().length)
            .with(CHILDREN, Value.of(Child.pack(children.present())))
            .with(TAGS, tag.isPresent() ? 1 : 0)
            .with(PARENTS, 0)
            .with(PUSHED_AT, nowSeconds)
            .with(PUSHED_BY, push.caller().name());
    tag.ifPresent(
        name -> item.with(TAG_NAMES, new Value.Names(new TreeSet<>(List.of(name.text())))));
    push.document().subject().ifPresent(subject -> item.with(SUBJECT, subject.toString()));
    push.document().artifactType().ifPresent(type -> item.with(ARTIFACT_TYPE, type));
    if (!children.absent().isEmpty()) {
      item.with(ABSENT, Value.of(Child.pack(children.absent())));
    }
    body.inRecord().ifPresent(small -> item.with(BODY, Value.of(small)));
    body.object().ifPresent(object -> item.with(BODY_OBJECT, object.text()));
    return tag.isPresent()
        ? item.build()
        : Hint.on(item, Hint.Kind.MANIFEST, key, nowSeconds).build();
  }

  /** The same, which nobody sees yet and which is no candidate. */
  static Write.Put asStaged(Item created) {
    var attributes = new TreeMap<>(created.attributes());
    attributes.put(STATE, Value.of(State.STAGED.name()));
    attributes.keySet().removeAll(List.of(Hint.QUEUE, Hint.AT));
    return Write.create(new Item(created.key(), attributes));
  }

  /** The tags are still those that were read. */
  Condition sameTags() {
    var names =
        tagNames.isEmpty()
            ? Condition.lacks(TAG_NAMES)
            : Condition.is(TAG_NAMES, new Value.Names(tagNames));
    return Condition.all(Condition.is(TAGS, tags), names);
  }
}
