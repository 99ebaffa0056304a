package dev.roadstead.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of docs/ that a test makes from the code and compares with the file. With {@code
 * -Droadstead.docs=write} it writes the file instead.
 */
public final class GeneratedPage {
  private static final String HINT =
      "%s is not what the code says; write it anew with"
          + " mvn test -Dtest='*PageTest' -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Droadstead.docs=write";

  private final StringBuilder text = new StringBuilder();

  /** A paragraph or heading, with an empty line after it. */
  public GeneratedPage add(String paragraph) {
    text.append(paragraph.strip()).append("\n\n");
    return this;
  }

  /** A table; no cell may hold a line break. */
  public GeneratedPage table(List<String> head, List<List<String>> rows) {
    row(head);
    row(head.stream().map(cell -> "---").toList());
    rows.forEach(this::row);
    text.append('\n');
    return this;
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Compares the page with this file of docs/, or writes it. */
  public void check(String fileName) throws IOException {
    var file = Pages.ROOT.resolve("docs").resolve(fileName);
    var page = text.toString().strip() + "\n";
    if (System.getProperty("roadstead.docs", "").equals("write")) {
      Files.writeString(file, page);
    }
    assertThat(file).as(HINT, "docs/" + fileName).exists();
    var found = Files.readString(file);
    assertThat(difference(found, page)).as(HINT, "docs/" + fileName).isEmpty();
    assertThat(found).isEqualTo(page);
  }

  /** The lines that only one of the two has. */
  private static List<String> difference(String found, String page) {
    var before = found.lines().toList();
    var after = page.lines().toList();
    return Stream.concat(
            before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
            after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
        .toList();
  }
}
