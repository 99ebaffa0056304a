package dev.roadstead.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an upload session has accepted, in order: first the parts of its multipart upload, then
 * objects that are not in it yet ("tails", because S3 takes no part below 5 MiB but the last).
 *
 * @param parts part numbers, rising
 * @param tails attempts whose bytes are still objects of their own, rising, after all parts
 */
record Pieces(List<Integer> parts, List<Tail> tails) {
  static final Pieces NONE = new Pieces(List.of(), List.of());

  /** An object that one attempt brought. */
  record Tail(int attempt, long sizeBytes) {}

  Pieces {
    parts = List.copyOf(parts);
    tails = List.copyOf(tails);
  }

  long tailBytes() {
    return tails.stream().mapToLong(Tail::sizeBytes).sum();
  }

  boolean isEmpty() {
    return parts.isEmpty() && tails.isEmpty();
  }

  Pieces withTail(Tail tail) {
    var more = new ArrayList<>(tails);
    more.add(tail);
    return new Pieces(parts, more);
  }

  Pieces withPart(int number) {
    var more = new ArrayList<>(parts);
    more.add(number);
    return new Pieces(more, tails);
  }

  Pieces withoutTails() {
    return new Pieces(parts, List.of());
  }

  /**
   * Parts as text, runs shortened: {@code 1-4 7}. At most 10,000 parts: 30 KB at the very worst.
   */
  String partsText() {
    var text = new StringBuilder();
    for (int i = 0; i < parts.size(); ) {
      int first = parts.get(i);
      int last = first;
      while (++i < parts.size() && parts.get(i) == last + 1) {
        last++;
      }
      text.append(text.isEmpty() ? "" : " ").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
    }
    return text.toString();
  }

  /** Tails as text: {@code 5:1048576 6:512}. */
  String tailsText() {
    return tails.stream()
        .map(tail -> tail.attempt() + ":" + tail.sizeBytes())
        .collect(Collectors.joining(" "));
  }

  static Pieces parse(String partsText, String tailsText) {
    var parts = new ArrayList<Integer>();
    for (var run : words(partsText)) {
      int dash = run.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? run : run.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(run.substring(dash + 1));
      for (int number = first; number <= last; number++) {
        parts.add(number);
      }
    }
    var tails =
        words(tailsText).stream()
            .map(word -> word.split(":", -1))
            .map(pair -> new Tail(Integer.parseInt(pair[0]), Long.parseLong(pair[1])))
            .toList();
    return new Pieces(parts, tails);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
