package dev.roadstead.endpoints.http;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Address;
import dev.roadstead.route.Operation;
import dev.roadstead.wire.Answer;
import java.util.Optional;

/** A pull: somebody asked for a manifest, and gets it. Looking whether it is there is none. */
public record Pull(RepositoryName repository, Digest digest) {

  /** The pull that an answer ends, if it is one. */
  public static Optional<Pull> of(Operation operation, Address address, Answer answer) {
    if (operation != Operation.GET_MANIFEST || answer.status() != 200) {
      return Optional.empty();
    }
    return Optional.ofNullable(answer.headers().get("Docker-Content-Digest"))
        .map(digest -> new Pull(new RepositoryName(address.name()), Digest.parse(digest)));
  }
}
