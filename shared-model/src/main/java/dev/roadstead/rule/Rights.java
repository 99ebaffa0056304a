package dev.roadstead.rule;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Grant.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody was granted. A denial wins over every grant, and what nobody has granted is denied.
 *
 * <p>Tag patterns govern names. Content that is named by digest, uploads and lists need the right
 * under any tag pattern; only a denial for all tags takes it away. So do the tags that carry what
 * refers to a manifest, {@code sha256-<hex>.sig} and the like, to be pulled and pushed.
 */
public final class Rights implements Decision {
  private static final Pattern REFERRER_TAG =
      Pattern.compile("sha256-[0-9a-f]{64}(\\.(sig|att|sbom))?");

  private final List<Grant> grants;

  /**
   * These rights, as far as they hold for requests from this address. Where the address is not
   * known, grants that ask for one do not hold, and denials do.
   */
  public Rights(List<Grant> grants, String network) {
    this.grants = grants.stream().filter(grant -> holdsFrom(grant, network)).toList();
  }

  private static boolean holdsFrom(Grant grant, String network) {
    return grant.from().isEmpty()
        || grant.from().get().has(network)
        || (network.isEmpty() && grant.effect() == Effect.DENY);
  }

  /**
   * An answer with its reason.
   *
   * @param because the grant or denial that has decided; empty when a grant is missing
   */
  public record Explanation(boolean allowed, Optional<Grant> because, String text) {}

  @Override
  public Verdict decide(Question question) {
    var explanation = explain(question);
    return explanation.allowed()
        ? new Verdict.Allowed()
        : new Verdict.Denied(missing(question.action()));
  }

  /** What the one who is refused is told: not which denial there is. */
  private static String missing(Action action) {
    return "this account may not " + name(action) + " here";
  }

  /** Decides, and says why. */
  public Explanation explain(Question question) {
    return switch (question.action()) {
      case PING, SIGN_IN -> knownCaller(question);
      case LIST_REPOSITORIES ->
          question.repository().isEmpty()
              ? knownCaller(question)
              : granted(question.toDo(Action.PULL)); // whether this one is shown
      case PULL, PUSH, DELETE, ADMINISTER -> granted(question);
    };
  }

  private static Explanation knownCaller(Question question) {
    boolean known = !question.caller().isAnonymous();
    return new Explanation(
        known, Optional.empty(), known ? "every account may" : "this takes an account");
  }

  private Explanation granted(Question question) {
    var denial = first(Effect.DENY, question);
    if (denial.isPresent()) {
      return new Explanation(false, denial, denial.get().description() + " forbids it");
    }
    var grant = first(Effect.ALLOW, question);
    return grant.isPresent()
        ? new Explanation(true, grant, grant.get().description() + " allows it")
        : new Explanation(false, Optional.empty(), missingGrant(question));
  }

  private static String missingGrant(Question question) {
    return question.caller().name()
        + " lacks a grant: role "
        + Role.needed(question.action())
        + " or higher, repository "
        + question.repository().map(RepositoryName::text).orElse("*")
        + question.tag().map(tag -> ", tag " + tag).orElse("");
  }

  private Optional<Grant> first(Effect effect, Question question) {
    return grants.stream()
        .filter(grant -> grant.effect() == effect && concerns(grant, question))
        .findFirst();
  }

  private static boolean concerns(Grant grant, Question question) {
    var needed = Role.needed(question.action());
    boolean role =
        switch (grant.effect()) {
          case ALLOW -> grant.role().compareTo(needed) >= 0;
          case DENY -> grant.role().compareTo(needed) <= 0;
        };
    return role && repository(grant, question) && tag(grant, question);
  }

  /** What concerns no repository concerns the whole registry. */
  private static boolean repository(Grant grant, Question question) {
    return question
        .repository()
        .map(name -> grant.repositories().matches(name.text()))
        .orElse(grant.repositories().isAny());
  }

  private static boolean tag(Grant grant, Question question) {
    var tag = question.tag().filter(name -> !isReferrer(name, question.action()));
    return tag.map(name -> grant.tags().matches(name.text()))
        .orElse(grant.effect() == Effect.ALLOW || grant.tags().isAny());
  }

  private static boolean isReferrer(Tag tag, Action action) {
    return action != Action.DELETE && REFERRER_TAG.matcher(tag.text()).matches();
  }

  /** An action, for people. */
  static String name(Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
