package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;

/** What became of an attempt to make an upload a blob. */
public sealed interface FinishResult {
  /** The blob is in the repository, and survives power loss. */
  record Created() implements FinishResult {}

  /** The bytes have another digest; the session is gone. */
  record WrongDigest(String actualHex) implements FinishResult {}

  /** Chunks were hashed with another algorithm than the digest's; the session goes on. */
  record OtherAlgorithm(HashAlgorithm used) implements FinishResult {}

  /** The last chunk was not taken; the session goes on. */
  record NotTaken(AppendResult reason) implements FinishResult {}

  /** Another request changed the session meanwhile; it goes on from here. */
  record Overtaken() implements FinishResult {}
}
