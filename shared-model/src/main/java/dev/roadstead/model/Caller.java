package dev.roadstead.model;

/**
 * Who asks. The spec keeps the word "subject" for manifests that others refer to, so it is not used
 * for people.
 *
 * @param name the account's name; {@code anonymous} while no account is known
 * @param network the address the request comes from, as numbers; empty where it cannot be told, or
 *     where nobody is told apart
 */
public record Caller(String name, String network) {
  /** Somebody at a registry that tells nobody apart. */
  public static final Caller ANONYMOUS = new Caller("anonymous");

  /** Whoever can read the data folder of a registry on one machine; no account has this name. */
  public static final Caller OPERATOR = new Caller("operator");

  /** The registry itself, when it collects; no account has this name. */
  public static final Caller COLLECTOR = new Caller("collector");

  /** Somebody who comes from nowhere. */
  public Caller(String name) {
    this(name, "");
  }

  /** Somebody without an account, who comes from there. */
  public static Caller anonymous(String network) {
    return new Caller(ANONYMOUS.name, network);
  }

  /** Whether no account is known. */
  public boolean isAnonymous() {
    return name.equals(ANONYMOUS.name);
  }

  /** Whether what they do says something about somebody, and so belongs into the audit log. */
  public boolean isAccountable() {
    return !equals(ANONYMOUS) && !equals(COLLECTOR);
  }
}
