package dev.roadstead.registry;

/** What became of an attempt to make an upload a blob. */
public sealed interface FinishResult {
  /** The blob is in the repository, and survives power loss. */
  record Created() implements FinishResult {}

  /** The bytes have another digest; the session is gone. */
  record WrongDigest(String actualHex) implements FinishResult {}

  /** The chunks were not hashed with the digest's algorithm; the session goes on. */
  record OtherAlgorithm() implements FinishResult {}

  /** The last chunk was not taken; the session goes on. */
  record NotTaken(AppendResult reason) implements FinishResult {}

  /** Another request changed the session meanwhile; it goes on from here. */
  record Overtaken() implements FinishResult {}
}
