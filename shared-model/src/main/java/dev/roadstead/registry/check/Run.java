package dev.roadstead.registry.check;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One walk's judgement in the making: what the judges share.
 *
 * @param mark what this run marks its fences with
 * @param nowSeconds the same for all walks of a run, so that their findings can be compared
 */
record Run(
    Environment environment,
    Facts facts,
    Located blobs,
    Hashes hashes,
    String mark,
    long nowSeconds,
    boolean repairs,
    boolean readsAll,
    List<Finding> findings) {

  Run(
      Environment environment,
      Facts facts,
      Located blobs,
      Hashes hashes,
      String mark,
      long nowSeconds,
      boolean repairs,
      boolean readsAll) {
    this(environment, facts, blobs, hashes, mark, nowSeconds, repairs, readsAll, new ArrayList<>());
  }

  /** Compares a record with what it must be. */
  void compare(Right right, Stage stage, String subject) {
    right.difference(stage, subject, mark).ifPresent(findings::add);
  }

  void found(Stage stage, String subject, String problem, List<Write> remedy) {
    findings.add(new Finding(stage, subject, problem, remedy));
  }

  /** With what pieces of uploads are read, if all bytes are. */
  Optional<Hashes> readsPieces() {
    return Optional.of(hashes).filter(each -> readsAll);
  }

  Census census() {
    return facts.census();
  }

  /** When the collector shall look at something that has just become a candidate. */
  long lookAt() {
    return nowSeconds + environment.settings().linkGrace().toSeconds();
  }

  /** When an object that has just come into the trash may go. */
  long purgeAt() {
    return nowSeconds + environment.settings().trashLife().toSeconds();
  }
}
