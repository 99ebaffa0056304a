package dev.roadstead.error;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal that a client is told: raised anywhere below an endpoint, rendered in one place.
 * Carries no stack trace, because it is an answer and not a failure.
 */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final transient Map<String, String> headers;

  /** One problem; its code decides the status. */
  public RegistryException(Problem problem) {
    this(List.of(problem), Map.of());
  }

  /** Several problems of one code, for example every blob that a manifest misses. */
  public RegistryException(List<Problem> problems) {
    this(problems, Map.of());
  }

  private RegistryException(List<Problem> problems, Map<String, String> headers) {
    super(problems.getFirst().message(), null, false, false);
    this.problems = List.copyOf(problems);
    this.headers = Map.copyOf(headers);
  }

  /** The same refusal with a header on its answer, {@code Range} or {@code Allow} for example. */
  public RegistryException with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new RegistryException(problems, more);
  }

  /** What is wrong; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  /** Headers the answer carries besides the usual ones. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The HTTP status of the answer: that of the first problem. */
  public int status() {
    return problems.getFirst().code().status();
  }
}
