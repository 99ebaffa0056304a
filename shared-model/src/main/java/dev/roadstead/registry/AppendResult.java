package dev.roadstead.registry;

/** What became of a chunk. */
public sealed interface AppendResult {
  /** It is part of the upload, and survives power loss; so much is there now. */
  record Accepted(long offsetBytes) implements AppendResult {}

  /** It does not begin where the upload stands; nothing of it was kept. */
  record OutOfOrder(long offsetBytes) implements AppendResult {}

  /** It has not the length it was announced with; nothing more of it was kept. */
  record WrongLength(long announcedBytes, long receivedBytes) implements AppendResult {}

  /** The upload is being finished and takes nothing more. */
  record Closing() implements AppendResult {}

  /** More attempts were made to store something than one session takes. */
  record TooManyChunks(int limit) implements AppendResult {}

  /** There is no such session in this repository: never begun, finished, cancelled or expired. */
  record Unknown() implements AppendResult {}
}
