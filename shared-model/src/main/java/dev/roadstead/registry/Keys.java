package dev.roadstead.registry;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where everything lies; {@link DayKeys} has what lies by days. Metadata, as partition / sort key:
 *
 * <pre>
 * C                        / name              catalog entry: the repository is listed
 * R#name                   / A                 repository
 * R#name                   / D                 deleted repository, as long as it can come back
 * R#name#~k                / A                 stripe k of a repository that very many push to
 * R#name#T                 / tag               tag
 * R#name#H#tag             / version           tag history: one entry for every move
 * R#name#Mh                / digest            manifest      (h: first hex digit of the digest,
 * R#name#Mh                / digest#B          its body       which spreads a repository over 16
 * R#name#Bh                / digest            link           partitions that can be listed)
 * R#name#Bh#~k             / digest            stripe k of a link that very many push
 * R#name#S#subject digest  / type hash#digest  referrer
 * R#name#U                 / session           upload session
 * R#name#O                 / session           orphan: an upload that ended without a blob
 * R#name#P                 / digest            progress of a manifest that is half-way there
 * R#name#Z                 / time#digest       tombstone of a deleted manifest
 * B#digest                 / B                 blob
 * X#digest or session      / object key        trash
 * G                        / collector         what the collector did today, and whether it stands
 * G                        / check             how far the last check of everything has come
 * G                        / immutable         rules about tags that stay where they are
 * G                        / relay             until when a relay that sleeps says it is awake
 * P                        / name              user, robot or group, with its rights
 * PF#name                  / network           failed logins of an account from a network
 * A#day                    / time#id           audit entry, the newest first
 * AR#day                   / minute            which refusals of that minute are audit entries
 * V#day                    / name#digest       how often a manifest was pulled on that day
 * VB#day                   / id                a batch of pulls that was added to those counts
 * </pre>
 *
 * Objects, each key written once and never again:
 *
 * <pre>
 * data/hh/session          a blob made of parts   (hh: first two hex digits, which spread the load)
 * data/hh/session/tN       what attempt N of that session brought
 * in/repository hash/digest hex/session           a blob that came straight from a client
 * manifests/hh/uuid        the body of a very large manifest
 * </pre>
 */
public final class Keys {
  /** How many partitions hold the manifests, and how many the links, of one repository. */
  public static final int SPREAD = 16;

  private static final String DIRECT_PUTS = "in/";

  private Keys() {}

  /** The partition of the catalog. */
  public static final String CATALOG = "C";

  /** The entry of a repository in the catalog. */
  public static Key catalogEntry(RepositoryName repository) {
    return new Key(CATALOG, repository.text());
  }

  /** A repository. */
  public static Key repository(RepositoryName repository) {
    return new Key("R#" + repository, "A");
  }

  /** What is left of a deleted repository. */
  public static Key deletedRepository(RepositoryName repository) {
    return new Key("R#" + repository, "D");
  }

  /** The partition of a repository's tags. */
  public static String tags(RepositoryName repository) {
    return "R#" + repository + "#T";
  }

  /** A tag. */
  public static Key tag(RepositoryName repository, Tag tag) {
    return new Key(tags(repository), tag.text());
  }

  /** One move of a tag. */
  public static Key tagMove(RepositoryName repository, Tag tag, long version) {
    return new Key(tagMoves(repository, tag), "%016d".formatted(version));
  }

  /** The partition of a tag's history. */
  public static String tagMoves(RepositoryName repository, Tag tag) {
    return "R#" + repository + "#H#" + tag;
  }

  /** The repository that an item belongs to, if it is of a kind that belongs to one. */
  public static RepositoryName repositoryOf(Key key) {
    var parts = key.partition().split("#", 3);
    if (parts.length < 2 || !parts[0].equals("R")) {
      throw new IllegalArgumentException("in no repository: " + key);
    }
    return new RepositoryName(parts[1]);
  }

  /** One of the partitions of a repository's manifests. */
  public static String manifests(RepositoryName repository, char firstHexDigit) {
    return "R#" + repository + "#M" + firstHexDigit;
  }

  /** A manifest. */
  public static Key manifest(RepositoryName repository, Digest digest) {
    return new Key(manifests(repository, digest.hex().charAt(0)), digest.toString());
  }

  /** The body of a manifest that is too large to lie in its record. */
  public static Key manifestBody(RepositoryName repository, Digest digest) {
    return new Key(manifests(repository, digest.hex().charAt(0)), digest + "#B");
  }

  /** The link of a blob to a repository. */
  public static Key link(RepositoryName repository, Digest digest) {
    return new Key(links(repository, digest.hex().charAt(0)), digest.toString());
  }

  /** One of the partitions of a repository's links. */
  public static String links(RepositoryName repository, char firstHexDigit) {
    return "R#" + repository + "#B" + firstHexDigit;
  }

  /** One of the records over which the record of a repository or a link is spread. */
  public static Key stripe(Key record, int number) {
    return new Key(record.partition() + "#~" + number, record.sort());
  }

  /** A blob. */
  public static Key blob(Digest digest) {
    return new Key("B#" + digest, "B");
  }

  /** The partition of a manifest's referrers. */
  public static String referrers(RepositoryName repository, Digest subject) {
    return "R#" + repository + "#S#" + subject;
  }

  /** A referrer. */
  public static Key referrer(
      RepositoryName repository, Digest subject, String artifactType, Digest referrer) {
    return new Key(referrers(repository, subject), typeHash(artifactType) + "#" + referrer);
  }

  /** What the sort keys of all referrers of one artifact type begin with. */
  public static String typeHash(String artifactType) {
    return Digest.sha256(artifactType.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
  }

  /** The partition of a repository's upload sessions. */
  public static String sessions(RepositoryName repository) {
    return "R#" + repository + "#U";
  }

  /** An upload session. */
  public static Key session(RepositoryName repository, SessionId session) {
    return new Key(sessions(repository), session.toString());
  }

  /** The partition of a repository's orphans. */
  static String orphans(RepositoryName repository) {
    return "R#" + repository + "#O";
  }

  /** What says that a session has ended, and that its direct PUT became no blob. */
  static Key orphan(RepositoryName repository, SessionId session) {
    return new Key(orphans(repository), session.toString());
  }

  /** How far a manifest has come that is put or deleted in more than one transaction. */
  public static Key progress(RepositoryName repository, Digest digest) {
    return new Key("R#" + repository + "#P", digest.toString());
  }

  /** The partition of everybody who may be granted something. */
  public static final String ACCOUNTS = "P";

  /** A user, a robot or a group. */
  public static Key account(AccountName name) {
    return new Key(ACCOUNTS, name.text());
  }

  /** How often somebody has failed to log in to an account from a network. */
  public static Key failedLogins(String account, String network) {
    return new Key("PF#" + account, network.isEmpty() ? "-" : network);
  }

  /** The tombstone of a manifest that was deleted. */
  public static Key tombstone(RepositoryName repository, long atMillis, Digest digest) {
    return new Key(tombstones(repository), "%016d#%s".formatted(atMillis, digest));
  }

  /** The partition of the tombstones of a repository's manifests, the oldest first. */
  public static String tombstones(RepositoryName repository) {
    return "R#" + repository + "#Z";
  }

  /** An object in the trash, under the digest it had. */
  public static Key trash(Digest digest, ObjectKey object) {
    return new Key(trash(digest), object.text());
  }

  /** The partition of the objects in the trash that had this digest. */
  public static String trash(Digest digest) {
    return "X#" + digest;
  }

  /** What an upload session leaves in the trash. */
  public static Key trash(SessionId session) {
    return new Key("X#" + session, sessionObject(session).text());
  }

  /** The collector's own record. */
  public static Key collector() {
    return new Key("G", "collector");
  }

  /** What the last check of the whole registry says of itself. */
  public static Key check() {
    return new Key("G", "check");
  }

  /** The rules about tags that stay where they are. */
  public static Key immutableTags() {
    return new Key("G", "immutable");
  }

  /** What a relay that sleeps says of itself. */
  public static Key relay() {
    return new Key("G", "relay");
  }

  /** Where a direct PUT of this session puts a blob of this digest. */
  public static ObjectKey directPut(RepositoryName repository, Digest digest, SessionId session) {
    return directPuts(repository, digest).child(session.toString());
  }

  /** Above all direct PUTs of one blob into one repository. */
  public static ObjectKey directPuts(RepositoryName repository, Digest digest) {
    return directPuts(repository).child(digest.hex());
  }

  /** Above all direct PUTs into one repository. */
  static ObjectKey directPuts(RepositoryName repository) {
    var hash = Digest.sha256(repository.text().getBytes(StandardCharsets.UTF_8)).hex();
    return new ObjectKey(DIRECT_PUTS + hash.substring(0, 32));
  }

  /** Whether a direct PUT put this object there. */
  public static boolean isDirectPut(ObjectKey object) {
    return object.text().startsWith(DIRECT_PUTS);
  }

  /** The object that the parts of a chunked session become. */
  public static ObjectKey sessionObject(SessionId session) {
    return spread("data", session.uuid());
  }

  /** The object that holds what one attempt of a session brought. */
  public static ObjectKey attemptObject(SessionId session, int attempt) {
    return attemptObject(sessionObject(session), attempt);
  }

  /** The same, beside the object that the session's parts become. */
  static ObjectKey attemptObject(ObjectKey sessionObject, int attempt) {
    return sessionObject.child("t" + attempt);
  }

  /** A new object for the body of a large manifest. */
  public static ObjectKey manifestObject(UUID id) {
    return spread("manifests", id);
  }

  private static ObjectKey spread(String folder, UUID id) {
    var text = id.toString();
    return new ObjectKey(folder + "/" + text.substring(0, 2) + "/" + text);
  }
}
