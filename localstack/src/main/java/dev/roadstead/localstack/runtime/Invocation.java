package dev.roadstead.localstack.runtime;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through a function.
 *
 * @param event what the function gets
 * @param deadline when nobody waits for the answer any more
 * @param answer what it answers, or the {@link InvocationException} why it does not
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Invocation(String id, byte[] event, Instant deadline, CompletableFuture<byte[]> answer) {

  void fail(String why) {
    answer.completeExceptionally(new InvocationException(why));
  }
}
