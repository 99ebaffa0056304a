package dev.roadstead.registry.collect;

import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Uploads;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/** Upload sessions that have stood still past their life: they end, and leave what they have. */
public final class SessionReview implements Review {
  private final Environment environment;
  private final Uploads uploads;

  /** Judges sessions in these stores. */
  public SessionReview(Environment environment) {
    this.environment = environment;
    this.uploads = new Uploads(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.SESSION;
  }

  @Override
  public Verdict judge(Key candidate) {
    var found = DueItem.read(environment, candidate);
    if (found.isEmpty()) {
      return new Verdict.NotDue();
    }
    var repository = Keys.repositoryOf(candidate);
    var session = SessionId.parse(candidate.sort());
    return new Verdict.Garbage(
        "the upload has stood still past its life",
        Verdict.Freed.NOTHING,
        () -> uploads.expire(repository, session));
  }
}
