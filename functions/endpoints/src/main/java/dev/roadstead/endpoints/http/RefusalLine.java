package dev.roadstead.endpoints.http;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Refusal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refusal as a line of the log. It has all that its audit entry will have, so that whoever reads
 * the log, once or twice, makes the same entry of it.
 */
public final class RefusalLine {
  /** What every such line has, and as good as no other; who reads the log asks for it. */
  public static final String MARK = "WARN dev.roadstead.audit - refused: id=";

  /** How much of what it is about a line has, in characters. */
  static final int MAX_ABOUT = 500;

  /** How long a line may be that is read, in characters. */
  private static final int MAX_LENGTH = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger("dev.roadstead.audit");

  /** The whole line, so that nothing a client sends into another line is taken for one. */
  private static final Pattern LINE =
      Pattern.compile(
          Pattern.quote(MARK)
              + "(?<id>[0-9a-f-]{36}) at=(?<at>[0-9]{1,15}) who=(?<who>[a-z0-9._-]{1,64})"
              + " network=(?<network>[0-9a-f.:]{0,45}) what=(?<what>[a-z-]{1,40})"
              + " repository=(?<repository>\\S{0,255}) about=\"(?<about>.*)\"",
          Pattern.DOTALL);

  /** What the entry of every refusal begins with. */
  static final String REFUSED = "refused: ";

  private RefusalLine() {}

  /** Writes the line. */
  static void write(Refusal refusal) {
    LOG.warn("{}", text(refusal));
  }

  /** What the line says, behind the level and the name of the log. */
  static String text(Refusal refusal) {
    var entry = refusal.entry();
    return "refused: id=%s at=%d who=%s network=%s what=%s repository=%s about=\"%s\""
        .formatted(
            refusal.id(),
            entry.atMillis(),
            entry.who(),
            entry.network(),
            entry.what().substring(REFUSED.length()),
            entry.repository().map(RepositoryName::text).orElse(""),
            entry.about());
  }

  /** The refusal that a line tells of; empty for every other line. */
  public static Optional<Refusal> read(String line) {
    if (line.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var fields = LINE.matcher(line);
    if (!fields.matches()) {
      return Optional.empty();
    }
    try {
      var repository =
          Optional.of(fields.group("repository"))
              .filter(name -> !name.isEmpty())
              .map(RepositoryName::new);
      return Optional.of(
          new Refusal(
              UUID.fromString(fields.group("id")),
              new AuditEntry(
                  Long.parseLong(fields.group("at")),
                  fields.group("who"),
                  fields.group("network"),
                  REFUSED + fields.group("what"),
                  fields.group("about"),
                  repository)));
    } catch (IllegalArgumentException unlike) {
      return Optional.empty();
    }
  }
}
