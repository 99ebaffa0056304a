package dev.roadstead.infra.cost;

import dev.roadstead.docs.Pages;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dated price file, {@code infra-cdk/prices.json}. */
record Prices(JsonNode file) {
  static Prices read() {
    return new Prices(
        new JsonMapper().readTree(Pages.ROOT.resolve("infra-cdk/prices.json").toFile()));
  }

  String region() {
    return file.path("region").asString();
  }

  /** Dollars for the unit that the name says. */
  double of(String name) {
    return file.path("prices").required(name).required("dollars").asDouble();
  }

  /** A figure that no price list has and nobody has measured on AWS. */
  double assumed(String name) {
    return file.path("assumed").required(name).asDouble();
  }

  /** Every price with where it is from. */
  List<List<String>> rows() {
    return file.path("prices").properties().stream()
        .map(
            price ->
                List.of(
                    words(price.getKey()),
                    price.getValue().path("dollars").asString(),
                    price.getValue().required("date").asString(),
                    price.getValue().path("source").asString()))
        .toList();
  }

  /** {@code s3ThousandPuts} as words. */
  private static String words(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
