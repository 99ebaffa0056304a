package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody has done, or was refused.
 *
 * @param atMillis when, in milliseconds since 1970
 * @param who the account's name
 * @param network the address the request came from; empty where there was none
 * @param what in a few words: {@code grant}, {@code disable user}
 * @param about whom or what it was done to
 * @param repository where, if it was in one
 */
public record AuditEntry(
    long atMillis,
    String who,
    String network,
    String what,
    String about,
    Optional<RepositoryName> repository) {
  /** How long an entry is kept. */
  public static final Duration LIFE = Duration.ofDays(400);

  private static final String WHO = "who";
  private static final String NETWORK = "network";
  private static final String WHAT = "what";
  private static final String ABOUT = "about";
  private static final String REPOSITORY = "repository";
  private static final String AT = "atMillis";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String UNREADABLE = "?";

  /** Something that was done in no repository. */
  public AuditEntry(long atMillis, String who, String network, String what, String about) {
    this(atMillis, who, network, what, about, Optional.empty());
  }

  /**
   * What a transaction writes that changes something in a repository: nothing where callers are not
   * told apart, and one entry elsewhere.
   */
  static List<Write> of(
      Environment environment,
      Caller caller,
      String what,
      RepositoryName repository,
      String about) {
    return of(environment, caller, what, about, Optional.of(repository));
  }

  /** The same for a change that is in no repository. */
  public static List<Write> of(Environment environment, Caller caller, String what) {
    return of(environment, caller, what, "", Optional.empty());
  }

  private static List<Write> of(
      Environment environment,
      Caller caller,
      String what,
      String about,
      Optional<RepositoryName> repository) {
    return caller.isAccountable()
        ? List.of(
            new AuditEntry(
                    environment.clock().millis(),
                    caller.name(),
                    caller.network(),
                    what,
                    about,
                    repository)
                .write(environment))
        : List.of();
  }

  /** The same about a manifest, or about a tag that points to it. */
  static List<Write> of(
      Environment environment,
      Caller caller,
      String what,
      RepositoryName repository,
      Optional<Tag> tag,
      Digest digest) {
    var place = tag.map(name -> repository + ":" + name + " ").orElse(repository + "@");
    return of(environment, caller, what, repository, place + digest);
  }

  /** What a transaction writes, so that the entry is there exactly if the change is. */
  public Write write(Environment environment) {
    return write(environment.ids().next());
  }

  /** The same under this identity: a second one is refused. */
  Write write(UUID id) {
    var item =
        Item.at(DayKeys.auditEntry(atMillis, id))
            .with(AT, atMillis)
            .with(WHO, who)
            .with(NETWORK, network)
            .with(WHAT, what)
            .with(ABOUT, about)
            .with(EXPIRES_AT, atMillis / 1000 + LIFE.toSeconds());
    repository.ifPresent(name -> item.with(REPOSITORY, name.text()));
    return Write.create(item.build());
  }

  /**
   * Shows as much as can be read, so that a damaged entry hides no other; {@code fsck} names it.
   */
  static AuditEntry of(Item item) {
    return new AuditEntry(
        atMillis(item.key()),
        readable(item, WHO),
        readable(item, NETWORK),
        readable(item, WHAT),
        readable(item, ABOUT),
        repository(item));
  }

  private static String readable(Item item, String attribute) {
    return item.textIfAny(attribute).orElse(UNREADABLE);
  }

  private static Optional<RepositoryName> repository(Item item) {
    try {
      return item.textIfAny(REPOSITORY).map(RepositoryName::new);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * When that happened which an entry at this place is about, in milliseconds since 1970.
   *
   * @param key of an entry
   */
  public static long atMillis(Key key) {
    var sort = key.sort();
    return DayKeys.LAST_MILLIS - Long.parseLong(sort.substring(0, sort.indexOf('#')));
  }
}
