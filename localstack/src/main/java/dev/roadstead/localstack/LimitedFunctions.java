package dev.roadstead.localstack;

import dev.roadstead.access.OperatorToken;
import dev.roadstead.access.RateLimits;
import dev.roadstead.model.Caller;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.Method;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.wire.Answer;
import java.util.Optional;

/**
 * Counts requests where all of them come by, whatever processes their functions are in. The edge
 * knows an account by its token alone; whoever shows a password counts for the network they are in.
 */
final class LimitedFunctions implements FunctionHost {
  private final FunctionHost functions;
  private final RateLimits limits;
  private final Optional<EdgeGate> gate;
  private final OperatorToken operator;

  /**
   * Lets as many requests come to these functions.
   *
   * @param gate of a registry with accounts
   * @param operator whoever shows this may always come
   */
  LimitedFunctions(
      FunctionHost functions, RateLimits limits, Optional<EdgeGate> gate, OperatorToken operator) {
    this.functions = functions;
    this.limits = limits;
    this.gate = gate;
    this.operator = operator;
  }

  @Override
  public Answer call(Destination.Function destination, RequestTarget target, Exchange exchange) {
    var method = Method.valueOf(exchange.request().getMethod()); // the edge has looked at it
    limits.count(method, caller(exchange), exchange.network());
    return functions.call(destination, target, exchange);
  }

  private Caller caller(Exchange exchange) {
    var authorization = exchange.authorization();
    if (operator.isShownBy(new Visitor(authorization, exchange.network()))) {
      return Caller.OPERATOR;
    }
    return gate.flatMap(edge -> edge.account(authorization))
        .map(Caller::new)
        .orElse(Caller.ANONYMOUS);
  }
}
