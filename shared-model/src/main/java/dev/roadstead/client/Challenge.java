package dev.roadstead.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see before it answers (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case, for example {@code bearer}
 * @param parameters by name, in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  /** Longer headers are cut off; no registry sends them. */
  private static final int MAX_LENGTH = 8192;

  /** A parameter, quoted or not, or else a scheme's name. */
  private static final Pattern WORD =
      Pattern.compile(
          "([A-Za-z0-9_-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))"
              + "|([A-Za-z0-9_-]++)(?!\\s*+=)");

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the headers {@code WWW-Authenticate}, each of which may hold several challenges. */
  static List<Challenge> parse(List<String> headers) {
    var challenges = new ArrayList<Challenge>();
    headers.forEach(
        header -> read(header.substring(0, Math.min(header.length(), MAX_LENGTH)), challenges));
    return challenges;
  }

  private static void read(String header, List<Challenge> challenges) {
    var scheme = "";
    var parameters = new HashMap<String, String>();
    var words = WORD.matcher(header);
    while (words.find()) {
      if (words.group(4) == null) {
        parameters.put(words.group(1).toLowerCase(Locale.ROOT), valueOf(words));
        continue;
      }
      if (!scheme.isEmpty()) {
        challenges.add(new Challenge(scheme, parameters));
      }
      scheme = words.group(4).toLowerCase(Locale.ROOT);
      parameters.clear();
    }
    if (!scheme.isEmpty()) {
      challenges.add(new Challenge(scheme, parameters));
    }
  }

  private static String valueOf(Matcher word) {
    return word.group(2) == null ? word.group(3) : word.group(2).replaceAll("\\\\(.)", "$1");
  }

  /** A parameter's value; empty when it is missing. */
  String get(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }
}
