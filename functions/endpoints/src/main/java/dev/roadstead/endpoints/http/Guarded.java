package dev.roadstead.endpoints.http;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.route.Action;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Operation.Body;
import dev.roadstead.rule.Authenticator;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.rule.Decision;
import dev.roadstead.rule.Decision.Verdict;
import dev.roadstead.store.Ids;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Optional;

/**
 * Stands around every endpoint: finds out who asks, asks for the right before the endpoint runs,
 * and turns whatever goes wrong into the spec's JSON.
 */
public final class Guarded implements Endpoint {
  private final Endpoint endpoint;
  private final Authenticator authenticator;
  private final Refusals refusals;
  private final Failures failures;

  /** Guards an endpoint. */
  public Guarded(Endpoint endpoint, Authenticator authenticator, Refusals refusals, Ids ids) {
    this.endpoint = endpoint;
    this.authenticator = authenticator;
    this.refusals = refusals;
    this.failures = new Failures(ids);
  }

  /** Never throws: every failure is an answer. */
  @Override
  public Answer handle(ApiRequest request) {
    try {
      var visitor = new Visitor(request.header("authorization"), request.network());
      if (request.operation().action() == Action.SIGN_IN) {
        return endpoint.handle(request); // which finds out itself who asks, and gives no more
      }
      var known = request.from(authenticator.authenticate(visitor));
      ask(known);
      refuseLongDocuments(known);
      return endpoint.handle(known);
    } catch (RegistryException refusal) {
      if (refusal.problems().getFirst().code() == ErrorCode.UNAUTHORIZED) {
        request.shownName().ifPresent(name -> refusals.login(name, request.network()));
      }
      return failures.answer(request.operation().functionName(), refusal);
    } catch (RuntimeException failure) {
      return failures.answer(request.operation().functionName(), failure);
    }
  }

  private static void refuseLongDocuments(ApiRequest request) {
    var operation = request.operation();
    if (operation.body() == Body.DOCUMENT && request.body().length > Limits.DOCUMENT_BYTES) {
      throw EdgeRouter.tooLong(operation);
    }
  }

  private void ask(ApiRequest request) {
    var repository =
        request.address().name().isEmpty()
            ? Optional.<RepositoryName>empty()
            : Optional.of(request.repository());
    var reference =
        switch (request.address().place().last()) {
          case REFERENCE -> Optional.of(request.reference());
          case DIGEST -> Optional.<Reference>of(request.digest());
          case NOTHING, LOCATION, IDENTITY -> Optional.<Reference>empty();
        };
    var digest = reference.filter(Digest.class::isInstance).map(Digest.class::cast);
    for (var tag : tags(request, reference)) {
      var question =
          new Decision.Question(
              request.caller(), request.operation().action(), repository, tag, digest);
      if (request.access().decision().decide(question) instanceof Verdict.Denied(String reason)) {
        refusals.deny(request, repository);
        throw request.caller().isAnonymous()
            ? ErrorCode.UNAUTHORIZED.about(reason)
            : ErrorCode.DENIED.about(reason);
      }
    }
  }

  /** The tags to ask for, one by one; nothing but an empty one when no tag is named. */
  private static List<Optional<Tag>> tags(ApiRequest request, Optional<Reference> reference) {
    var pushed = request.operation() == Operation.PUT_MANIFEST ? request.tags() : List.<Tag>of();
    return pushed.isEmpty()
        ? List.of(reference.filter(Tag.class::isInstance).map(Tag.class::cast))
        : pushed.stream().map(Optional::of).toList();
  }
}
