package dev.roadstead.cli;

import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code roadstead repository rename}, which is refused: names are part of what clients keep. */
@Command(name = "rename", description = "Says how a repository gets another name.")
final class RepositoryRenameCommand implements Callable<Integer> {
  @Parameters(arity = "1", index = "0", paramLabel = "FROM", description = "Its name.")
  private Optional<RepositoryName> from = Optional.empty();

  @Parameters(arity = "1", index = "1", paramLabel = "TO", description = "The other name.")
  private Optional<RepositoryName> to = Optional.empty();

  @Override
  public Integer call() throws IOException {
    throw new IOException(
        """
        a repository keeps its name, because everybody who pulls from it knows it. Copy it, which \
        mounts its blobs and sends none of them, then delete the old one:
          crane copy --all-tags REGISTRY/%1$s REGISTRY/%2$s
          roadstead repository delete %1$s"""
            .formatted(from.orElseThrow(), to.orElseThrow()));
  }
}
