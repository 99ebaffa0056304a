package dev.roadstead.rule;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import java.util.Optional;

/** Who may do what. Every endpoint asks before it touches a store. */
@FunctionalInterface
public interface Decision {
  /** Everything is allowed. */
  Decision EVERYTHING = question -> new Verdict.Allowed();

  /** Nothing is allowed. */
  Decision NOTHING = question -> new Verdict.Denied("this caller may do nothing");

  /**
   * Everything but administration is allowed: a registry on one machine, for the people who sit at
   * it. Not administration, because any web page can send requests to this machine.
   */
  Decision OPEN =
      question ->
          question.action() == Action.ADMINISTER
              ? new Verdict.Denied("administration takes the token in the registry's data folder")
              : new Verdict.Allowed();

  /** Decides one question; looks at nothing but the question and the grants it was made with. */
  Verdict decide(Question question);

  /**
   * May this caller do that?
   *
   * @param repository empty for what concerns no repository
   * @param tag the tag that is named, if one is
   * @param digest the content that is named, if it is named by digest
   */
  record Question(
      Caller caller,
      Action action,
      Optional<RepositoryName> repository,
      Optional<Tag> tag,
      Optional<Digest> digest) {

    /** The same question about another action. */
    public Question toDo(Action other) {
      return new Question(caller, other, repository, tag, digest);
    }
  }

  /** The answer. */
  sealed interface Verdict {
    /** Yes. */
    record Allowed() implements Verdict {}

    /**
     * No.
     *
     * @param reason for the caller: which right is missing
     */
    record Denied(String reason) implements Verdict {}
  }
}
