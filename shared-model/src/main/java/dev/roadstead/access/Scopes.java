package dev.roadstead.access;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Scope;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Decision.Question;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Rights;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody gets of what a token is asked for: never more than asked, never more than theirs.
 */
final class Scopes {
  private static final List<Action> REPOSITORY_ACTIONS =
      List.of(Action.PULL, Action.PUSH, Action.DELETE);

  private Scopes() {}

  /** How token scopes call an action. */
  static String word(Action action) {
    return switch (action) {
      case PULL -> "pull";
      case PUSH -> "push";
      case DELETE -> "delete";
      case LIST_REPOSITORIES, PING, SIGN_IN, ADMINISTER -> Scope.ALL;
    };
  }

  /** The part of these scopes that the rights cover; scopes of which nothing is left stay empty. */
  static List<Scope> granted(Caller caller, Rights rights, List<Scope> asked) {
    var granted = new ArrayList<Scope>();
    for (var scope : asked) {
      granted.add(new Scope(scope.type(), scope.name(), actions(caller, rights, scope)));
    }
    return granted;
  }

  private static Set<String> actions(Caller caller, Rights rights, Scope scope) {
    var actions = new TreeSet<String>();
    if (scope.isAbout(Scope.CATALOG.type(), Scope.CATALOG.name()) && !caller.isAnonymous()) {
      actions.addAll(scope.actions());
      actions.retainAll(Scope.CATALOG.actions());
    }
    var repository = scope.repository();
    if (repository.isPresent()) {
      for (var action : REPOSITORY_ACTIONS) {
        boolean asked =
            scope.actions().contains(Scope.ALL) || scope.actions().contains(word(action));
        var question = new Question(caller, action, repository, Optional.empty(), Optional.empty());
        if (asked && rights.explain(question).allowed()) {
          actions.add(word(action));
        }
      }
    }
    return actions;
  }

  /** The grants that decide about these scopes; for the catalog, all that there are. */
  static List<Grant> relevant(List<Grant> grants, List<Scope> scopes) {
    var relevant = new LinkedHashSet<Grant>();
    for (var scope : scopes) {
      if (!scope.actions().isEmpty()) {
        grants.stream()
            .filter(
                grant -> scope.repository().isEmpty() || grant.repositories().matches(scope.name()))
            .forEach(relevant::add);
      }
    }
    return List.copyOf(relevant);
  }
}
