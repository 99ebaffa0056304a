package dev.roadstead.aws;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Lets calls of real servers fail: on the way there, or on the way back, when they have worked. */
final class Faults implements ExecutionInterceptor {
  private final List<String> calls = new ArrayList<>();
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private When when = When.BEFORE;

  /** On which side of the server's work a call fails. */
  enum When {
    /** The request never reached the server. */
    BEFORE,
    /** The server did its work, and the answer was lost. */
    AFTER
  }

  /** Lets one call fail, counted from 0 and from now on. */
  void failAt(int call, When side) {
    plan(call, call, side);
  }

  /** Lets this call and all later ones fail. */
  void failFrom(int call, When side) {
    plan(call, Integer.MAX_VALUE, side);
  }

  /** Nothing fails any more; counting begins again. */
  void heal() {
    plan(Integer.MAX_VALUE, -1, When.BEFORE);
  }

  private synchronized void plan(int from, int to, When side) {
    calls.clear();
    first = from;
    last = to;
    when = side;
  }

  /** The names of the calls made since the last plan. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    calls.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    failIf(When.BEFORE);
  }

  @Override
  public synchronized void afterTransmission(
      Context.AfterTransmission context, ExecutionAttributes attributes) {
    failIf(When.AFTER);
  }

  private void failIf(When side) {
    int call = calls.size() - 1;
    if (side == when && call >= first && call <= last) {
      throw SdkClientException.create("planned", new SocketException("planned"));
    }
  }
}
