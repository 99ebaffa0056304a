package dev.roadstead.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Makes every call the last one on its connection, while that is wanted. The JVM's own HTTP client
 * keeps connections for others after a client of the SDK is closed; this it does not keep.
 */
final class LastCalls implements ExecutionInterceptor {
  private volatile boolean wanted;

  /** Every call that this work makes is the last one on its connection. */
  void during(Runnable work) {
    wanted = true;
    try {
      work.run();
    } finally {
      wanted = false;
    }
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return wanted
        ? context.httpRequest().toBuilder().putHeader("Connection", "close").build()
        : context.httpRequest();
  }
}
