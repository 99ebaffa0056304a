package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.PullBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls as lines of a function's log: so a function that only reads needs no right to write, and a
 * pull waits for nothing.
 */
public final class LoggedPulls {
  /** What every such line has, and as good as no other; who reads the log asks for it. */
  public static final String MARK = "INFO dev.roadstead.pulls - repository=";

  private static final Logger LOG = LoggerFactory.getLogger("dev.roadstead.pulls");

  /** The whole line, so that nothing a client sends into another line is taken for one. */
  private static final Pattern LINE =
      Pattern.compile(Pattern.quote(MARK) + "(\\S{1,255}) digest=(\\S{1,200})");

  private LoggedPulls() {}

  /** Writes the line of a pull. */
  public static void write(Pull pull) {
    LOG.info("repository={} digest={}", pull.repository(), pull.digest());
  }

  /**
   * The pulls in a batch of lines, every other line is of no interest. The same lines make the same
   * batches each time.
   */
  static List<PullBatch> batches(LogBatch logged) {
    var batches = new ArrayList<PullBatch>();
    var seen = new HashSet<String>();
    var names = new ArrayList<String>();
    var counts = new LinkedHashMap<Pulled, Long>();
    for (var line : logged.lines()) {
      var pull = pull(line.text());
      if (pull.isPresent() && seen.add(line.id())) {
        var pulled = Pulled.of(pull.get(), line.atMillis());
        if (counts.size() == PullBatch.MAX_COUNTS && !counts.containsKey(pulled)) {
          batches.add(batch(names, counts));
          names.clear();
          counts.clear();
        }
        names.add(line.id());
        counts.merge(pulled, 1L, Long::sum);
      }
    }
    if (!counts.isEmpty()) {
      batches.add(batch(names, counts));
    }
    return batches;
  }

  private static PullBatch batch(List<String> names, Map<Pulled, Long> counts) {
    return new PullBatch(
        PullBatch.idOf(names),
        counts.entrySet().stream().map(each -> each.getKey().times(each.getValue())).toList());
  }

  private static Optional<Pull> pull(String line) {
    var matcher = LINE.matcher(line);
    try {
      return matcher.matches()
          ? Optional.of(
              new Pull(new RepositoryName(matcher.group(1)), Digest.parse(matcher.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException unlike) {
      return Optional.empty();
    }
  }
}
