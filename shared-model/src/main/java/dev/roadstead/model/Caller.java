package dev.roadstead.model;

/**
 * Who asks. The spec keeps the word "subject" for manifests that others refer to, so it is not used
 * for people.
 *
 * @param name the account's name; {@code anonymous} while no account is known
 */
public record Caller(String name) {
  /** Somebody who has shown no credentials. */
  public static final Caller ANONYMOUS = new Caller("anonymous");

  /** Whoever can read the data folder of a registry on one machine; no account has this name. */
  public static final Caller OPERATOR = new Caller("operator");

  /** The registry itself, when it collects; no account has this name. */
  public static final Caller COLLECTOR = new Caller("collector");
}
