package dev.roadstead.rule;

import dev.roadstead.model.AccountName;
import dev.roadstead.model.Glob;
import dev.roadstead.model.Network;
import java.util.Optional;

/**
 * A right that somebody has, or a denial. A denial takes away what its role can do beyond the role
 * before it, and everything above that: who is denied {@code writer} may still pull.
 *
 * @param holder whom it is given to: a user, a robot, a group, or anonymous
 * @param repositories for which repositories
 * @param tags for which tags; content by digest is no tag's
 * @param from only for requests from this network
 */
public record Grant(
    AccountName holder,
    Effect effect,
    Role role,
    Glob repositories,
    Glob tags,
    Optional<Network> from) {

  /** Whether it gives or takes. */
  public enum Effect {
    ALLOW,
    DENY
  }

  private static final int PARTS = 5;
  private static final String ANYWHERE = "-";

  /** As it is kept, without its holder: five words, so that a store can have a set of them. */
  public String text() {
    return String.join(
        " ",
        effect == Effect.ALLOW ? "allow" : "deny",
        role.toString(),
        repositories.text(),
        tags.text(),
        from.map(Network::text).orElse(ANYWHERE));
  }

  /** Reads what {@link #text} has written; {@link IllegalArgumentException} for anything else. */
  public static Grant parse(AccountName holder, String text) {
    var parts = text.split(" ", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("a grant has five words");
    }
    var effect =
        switch (parts[0]) {
          case "allow" -> Effect.ALLOW;
          case "deny" -> Effect.DENY;
          default -> throw new IllegalArgumentException("a grant allows or denies");
        };
    return new Grant(
        holder,
        effect,
        Role.named(parts[1]),
        new Glob(parts[2]),
        new Glob(parts[3]),
        parts[4].equals(ANYWHERE) ? Optional.empty() : Optional.of(new Network(parts[4])));
  }

  /** For people. */
  public String description() {
    return (effect == Effect.ALLOW ? "the grant " : "the denial ")
        + role
        + " on "
        + repositories
        + (tags.isAny() ? "" : ", tags " + tags)
        + from.map(network -> ", from " + network).orElse("")
        + " of "
        + holder;
  }
}
