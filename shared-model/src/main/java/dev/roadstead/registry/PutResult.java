package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import java.util.List;

/** What became of a manifest that was pushed. */
public sealed interface PutResult {
  /** It is there, the tag points to it, and both survive power loss. */
  record Stored(Digest digest) implements PutResult {}

  /** The repository lacks some of what it names; nothing was written. */
  record Incomplete(List<Digest> missing) implements PutResult {
    /** Copies the list. */
    public Incomplete {
      missing = List.copyOf(missing);
    }
  }

  /** The whole repository is being deleted; nothing was written. */
  record RepositoryIsBeingDeleted() implements PutResult {}

  /** The tag points elsewhere and stays there; nothing was written. */
  record TagIsImmutable() implements PutResult {}

  /** It names more than one transaction can count. */
  record TooManyChildren(int children, int limit) implements PutResult {}
}
