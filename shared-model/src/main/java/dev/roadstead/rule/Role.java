package dev.roadstead.rule;

import dev.roadstead.route.Action;
import java.util.Locale;

/** What a grant allows; each role may do what the one before it may, and something more. */
public enum Role {
  /** Pulls. */
  READER(Action.PULL),
  /** Pushes too. */
  WRITER(Action.PUSH),
  /** Deletes too. */
  MAINTAINER(Action.DELETE),
  /** Administers too, if it is granted for all repositories. */
  ADMIN(Action.ADMINISTER);

  private final Action adds;

  Role(Action adds) {
    this.adds = adds;
  }

  /** What it may do that the role before it may not. */
  public Action adds() {
    return adds;
  }

  /** The least role that may do this; only for actions that rights are given for. */
  static Role needed(Action action) {
    for (var role : values()) {
      if (role.adds == action) {
        return role;
      }
    }
    throw new IllegalArgumentException("no role is needed for " + action);
  }

  /** The role of this name; {@link IllegalArgumentException} if there is none. */
  public static Role named(String name) {
    for (var role : values()) {
      if (role.toString().equals(name)) {
        return role;
      }
    }
    throw new IllegalArgumentException("a role is reader, writer, maintainer or admin");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
