package dev.roadstead.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Lists of JSON objects as columns of text. */
final class Table {
  private Table() {}

  /** One line for each object, with these properties; a head above them. */
  static String of(JsonNode objects, List<String> properties) {
    var rows = new ArrayList<List<String>>();
    rows.add(properties);
    for (var object : objects) {
      rows.add(properties.stream().map(name -> cell(object.path(name))).toList());
    }
    var widths =
        IntStream.range(0, properties.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String cell(JsonNode value) {
    if (value.isBoolean()) {
      return value.asBoolean() ? "yes" : "no";
    }
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(each -> each.asString(""))
            .collect(Collectors.joining(","))
        : value.asString("");
  }
}
