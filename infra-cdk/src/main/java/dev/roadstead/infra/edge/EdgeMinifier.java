package dev.roadstead.infra.edge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the edge's JavaScript short: no comments, no spaces but those that part two words, no
 * semicolon before a brace that closes, and names of one or two letters for what the code itself
 * declares, the shortest for those used most. Made for our own sources, which are written so that
 * it can tell a name from a property: a property has a dot before it or a colon right behind it,
 * and no name is one too without either. No loop of theirs has an empty body.
 */
final class EdgeMinifier {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?<comment>//[^\\n]*)\
          |(?<text>'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*")\
          |(?<regex>/(?![/*\\s])(?:[^/\\\\\\[\\n]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*\\])+/[a-z]*)\
          |(?<word>[A-Za-z_$0-9][\\w$]*)\
          |(?<space>\\s+)\
          |(?<sign>.)""");
  private static final Pattern DECLARED =
      Pattern.compile(
          "\\b(?:const|let)\\s+(\\w+)|\\bfunction\\s+(\\w+)\\s*\\(([^)]*)\\)|\\bcatch \\((\\w+)\\)");
  private static final Pattern QUOTED_NAME = Pattern.compile("\"([A-Za-z_]\\w*)\"");

  /** What CloudFront calls. */
  private static final String HANDLER = "handler";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private EdgeMinifier() {}

  /** The same program. */
  static String minify(String source) {
    var names = names(source);
    var code = new StringBuilder(source.length());
    var tokens = TOKEN.matcher(source);
    while (tokens.find()) {
      if (tokens.group("comment") != null || tokens.group("space") != null) {
        continue;
      }
      var token = tokens.group();
      boolean isKey = tokens.end() < source.length() && source.charAt(tokens.end()) == ':';
      if (isKey) {
        token = QUOTED_NAME.matcher(token).replaceFirst("$1");
      } else if (tokens.group("word") != null && !endsWith(code, '.')) {
        token = names.getOrDefault(token, token);
      }
      if (token.equals("}") && endsWith(code, ';')) {
        code.setLength(code.length() - 1);
      }
      if (!code.isEmpty()
          && isOfWord(code.charAt(code.length() - 1))
          && isOfWord(token.charAt(0))) {
        code.append(' ');
      }
      code.append(token);
    }
    return code.append('\n').toString();
  }

  /** A short name for every declared one; none that the source has as a word of its own. */
  private static Map<String, String> names(String source) {
    var uses = new TreeMap<String, Integer>();
    var tokens = TOKEN.matcher(source);
    while (tokens.find()) {
      if (tokens.group("word") != null) {
        uses.merge(tokens.group(), 1, Integer::sum);
      }
    }
    var declared = new ArrayList<>(declared(source));
    declared.sort(Comparator.comparing((String name) -> uses.getOrDefault(name, 0)).reversed());
    uses.keySet().removeAll(declared);
    var names = new TreeMap<String, String>();
    int next = 0;
    for (var name : declared) {
      while (uses.containsKey(shortName(next))) {
        next++;
      }
      names.put(name, shortName(next++));
    }
    return names;
  }

  private static Set<String> declared(String source) {
    var declared = new TreeSet<String>();
    var found = DECLARED.matcher(source);
    while (found.find()) {
      for (int group = 1; group <= found.groupCount(); group++) {
        var names = found.group(group);
        if (names != null && !names.isBlank()) {
          declared.addAll(Set.of(names.strip().split("\\s*,\\s*", -1)));
        }
      }
    }
    declared.remove(HANDLER);
    return declared;
  }

  /** a, b, … Z, a0, b0, …: with a digit none is a word of the language. */
  private static String shortName(int number) {
    int count = LETTERS.length();
    var letter = String.valueOf(LETTERS.charAt(number % count));
    return number < count ? letter : letter + (number / count - 1);
  }

  private static boolean endsWith(CharSequence code, char c) {
    return !code.isEmpty() && code.charAt(code.length() - 1) == c;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
