package dev.roadstead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a token is asked for, or good for: {@code repository:team/app:pull,push} (distribution
 * project, "Token scope").
 *
 * @param type {@code repository} or {@code registry}; others are understood and never granted
 * @param name may have colons, of a host's port
 * @param actions in alphabetical order
 */
public record Scope(String type, String name, Set<String> actions) {
  /** How many scopes one token is asked for; clients ask for two at most. */
  public static final int MAX_SCOPES = 12;

  /** What a scope for a repository is called. */
  public static final String REPOSITORY = "repository";

  /** Everything that a type allows. */
  public static final String ALL = "*";

  /** The one thing of the registry itself that can be asked for: its catalog. */
  public static final Scope CATALOG = new Scope("registry", "catalog", Set.of(ALL));

  private static final int MAX_LENGTH = 1024;
  private static final Pattern CLASS = Pattern.compile("\\([a-z0-9]{1,32}\\)$");
  private static final Pattern ACTION = Pattern.compile("[a-z]{1,32}|\\*");

  /** Copies the actions. */
  public Scope {
    actions = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(actions));
  }

  /** A scope for a repository. */
  public static Scope of(RepositoryName repository, Set<String> actions) {
    return new Scope(REPOSITORY, repository.text(), actions);
  }

  /**
   * Reads scopes as clients give them: several parameters, several scopes in one, split by spaces.
   *
   * @throws IllegalArgumentException for what is none, or too many of them
   */
  public static List<Scope> parse(List<String> parameters) {
    var scopes = new ArrayList<Scope>();
    for (var parameter : parameters) {
      for (var text : parameter.split(" ", -1)) {
        if (!text.isEmpty()) {
          scopes.add(parseOne(text));
        }
        if (scopes.size() > MAX_SCOPES) {
          throw new IllegalArgumentException("a token has at most " + MAX_SCOPES + " scopes");
        }
      }
    }
    return List.copyOf(scopes);
  }

  private static Scope parseOne(String text) {
    int first = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (text.length() > MAX_LENGTH || first <= 0 || last <= first + 1) {
      throw new IllegalArgumentException("a scope is written like repository:team/app:pull,push");
    }
    var actions = new TreeSet<String>();
    for (var action : text.substring(last + 1).split(",", -1)) {
      if (ACTION.matcher(action).matches()) {
        actions.add(action);
      }
    }
    var type = CLASS.matcher(text.substring(0, first)).replaceFirst("");
    return new Scope(type, text.substring(first + 1, last), actions);
  }

  /** The repository it is for, if it is for one. */
  public Optional<RepositoryName> repository() {
    if (!type.equals(REPOSITORY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RepositoryName(name));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** Whether it is for the same thing. */
  public boolean isAbout(String otherType, String otherName) {
    return type.equals(otherType) && name.equals(otherName);
  }

  @Override
  public String toString() {
    return type + ":" + name + ":" + String.join(",", actions);
  }
}
