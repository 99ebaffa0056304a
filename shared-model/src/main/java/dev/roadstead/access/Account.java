package dev.roadstead.access;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Digest;
import dev.roadstead.rule.Grant;
import dev.roadstead.store.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A user, a robot, a group, or anonymous, as it is stored: all that is needed to let somebody in is
 * one item.
 *
 * @param groups the groups that a user or robot belongs to
 * @param secrets hashes of what is accepted, the newest first; a robot has two during a rotation
 * @param expiresAtSeconds when a robot ends, in seconds since 1970
 */
public record Account(
    AccountName name,
    Kind kind,
    boolean enabled,
    List<AccountName> groups,
    List<Grant> grants,
    List<Secret> secrets,
    Optional<Long> expiresAtSeconds,
    long createdAtSeconds) {

  /** What there is. */
  public enum Kind {
    USER,
    ROBOT,
    GROUP,
    ANONYMOUS
  }

  /**
   * A secret's hash.
   *
   * @param untilSeconds when it stops being accepted, in seconds since 1970; empty for never
   */
  record Secret(String hash, Optional<Long> untilSeconds) {}

  static final String KIND = "kind";
  static final String DISABLED = "disabled";
  static final String GROUPS = "groups";
  static final String GRANTS = "grants";
  static final String SECRET = "secret";
  static final String OLD_SECRET = "oldSecret";
  static final String OLD_UNTIL = "oldUntil";
  static final String EXPIRES_AT = "expiresAt";
  static final String CREATED_AT = "createdAt";

  static Account of(Item item) {
    var name = new AccountName(item.key().sort());
    var secrets =
        item.textIfAny(SECRET)
            .map(
                hash ->
                    item.textIfAny(OLD_SECRET)
                        .map(
                            old ->
                                List.of(
                                    new Secret(hash, Optional.empty()),
                                    new Secret(old, Optional.of(item.number(OLD_UNTIL)))))
                        .orElse(List.of(new Secret(hash, Optional.empty()))))
            .orElse(List.of());
    return new Account(
        name,
        Kind.valueOf(item.text(KIND)),
        !item.has(DISABLED),
        item.names(GROUPS).stream().map(AccountName::new).toList(),
        item.names(GRANTS).stream().map(text -> Grant.parse(name, text)).toList(),
        secrets,
        item.numberIfAny(EXPIRES_AT).stream().boxed().findFirst(),
        item.numberIfAny(CREATED_AT).orElse(0));
  }

  /** Whether it may be used at this time. */
  boolean isAlive(long nowSeconds) {
    return enabled && expiresAtSeconds.map(end -> nowSeconds < end).orElse(true);
  }

  /** What a refresh token stands on: it ends with the secret it was made for. */
  String fingerprint() {
    return secrets.isEmpty()
        ? ""
        : Digest.sha256(secrets.getFirst().hash().getBytes(StandardCharsets.UTF_8))
            .hex()
            .substring(0, 16);
  }

  /** Nothing of the secrets. */
  @Override
  public String toString() {
    return "Account[" + name + ", " + kind + "]";
  }
}
