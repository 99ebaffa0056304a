package dev.roadstead.registry;

import dev.roadstead.store.Item;
import dev.roadstead.store.Write;
import java.time.Duration;

/**
 * What somebody has done, or was refused.
 *
 * @param atMillis when, in milliseconds since 1970
 * @param who the account's name
 * @param network the address the request came from; empty where there was none
 * @param what in a few words: {@code grant}, {@code disable user}
 * @param about whom or what it was done to
 */
public record AuditEntry(long atMillis, String who, String network, String what, String about) {
  /** How long an entry is kept. */
  public static final Duration LIFE = Duration.ofDays(400);

  private static final String WHO = "who";
  private static final String NETWORK = "network";
  private static final String WHAT = "what";
  private static final String ABOUT = "about";
  private static final String AT = "atMillis";
  private static final String EXPIRES_AT = "expiresAt";

  /** What a transaction writes, so that the entry is there exactly if the change is. */
  public Write write(Environment environment) {
    return Write.create(
        Item.at(Keys.auditEntry(atMillis, environment.ids().next()))
            .with(AT, atMillis)
            .with(WHO, who)
            .with(NETWORK, network)
            .with(WHAT, what)
            .with(ABOUT, about)
            .with(EXPIRES_AT, atMillis / 1000 + LIFE.toSeconds())
            .build());
  }

  static AuditEntry of(Item item) {
    return new AuditEntry(
        item.number(AT), item.text(WHO), item.text(NETWORK), item.text(WHAT), item.text(ABOUT));
  }
}
