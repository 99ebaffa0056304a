package dev.roadstead.docs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The links of a Markdown page that lead to other files and headings of this repository. */
final class Links {
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern LINK =
      Pattern.compile("]\\(([^)\\s]+)\\)|(?:href|src)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *#*$");
  private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");

  private Links() {}

  /** Where the page's links lead, those to other hosts left out. */
  static List<String> of(Path page) {
    return LINK.matcher(CODE.matcher(Pages.read(page)).replaceAll(""))
        .results()
        .map(Links::target)
        .filter(link -> !URI.create(link).isAbsolute())
        .toList();
  }

  private static String target(MatchResult link) {
    return link.group(1) == null ? link.group(2) : link.group(1);
  }

  /** Whether the link on this page leads to a file or folder, and to a heading if it names one. */
  static boolean leadsSomewhere(Path page, String link) {
    int hash = link.indexOf('#');
    var path = hash < 0 ? link : link.substring(0, hash);
    var file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return Files.exists(file) && (hash < 0 || headings(file).contains(link.substring(hash + 1)));
  }

  /** The headings of a page as fragments: lower case, hyphens for blanks, no punctuation. */
  private static Set<String> headings(Path page) {
    return HEADING
        .matcher(FENCE.matcher(Pages.read(page)).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
