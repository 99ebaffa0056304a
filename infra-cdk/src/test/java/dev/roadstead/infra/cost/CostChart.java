package dev.roadstead.infra.cost;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Lines of dollars a month over million pulls a month, as SVG that reads in light and dark. */
final class CostChart {
  private static final int LEFT = 60;
  private static final int BOTTOM = 270;
  private static final int WIDTH = 460;
  private static final int HEIGHT = 240;

  /** Steps show as steps: one point for each pixel or so would be a large file. */
  private static final int SAMPLES = 80;

  private final double maxPulls;
  private final double maxDollars;
  private final StringBuilder svg = new StringBuilder();

  CostChart(double maxPulls, double maxDollars) {
    this.maxPulls = maxPulls;
    this.maxDollars = maxDollars;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 320" font-family="sans-serif" font-size="12" fill="#777">
        <path d="M60 30V270H520" fill="none" stroke="#777"/>
        <text x="290" y="305" text-anchor="middle">million pulls a month</text>
        <text x="60" y="20" text-anchor="middle">dollars a month</text>
        """);
    for (int i = 0; i <= 4; i++) {
      text("end", LEFT - 6, y(maxDollars * i / 4) + 4, number(maxDollars * i / 4));
      text("middle", x(maxPulls * i / 4), BOTTOM + 16, number(maxPulls * i / 4));
    }
  }

  /** From no pulls to the most, or as far as there are dollars for them; named at the end. */
  CostChart line(String name, String colour, DoubleFunction<Optional<Double>> dollarsOfMillions) {
    var path = new StringBuilder();
    double endX = LEFT;
    double endY = BOTTOM;
    for (int i = 0; i <= SAMPLES; i++) {
      double millions = maxPulls * i / SAMPLES;
      var dollars = dollarsOfMillions.apply(millions).filter(d -> d <= maxDollars);
      if (dollars.isEmpty()) {
        break;
      }
      endX = x(millions);
      endY = y(dollars.get());
      path.append(path.isEmpty() ? "M" : "L").append(number(endX)).append(' ').append(number(endY));
    }
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
            .formatted(path, colour));
    svg.append(
        "<text x=\"%s\" y=\"%s\" fill=\"%s\">%s</text>%n"
            .formatted(number(endX + 6), number(endY + 4), colour, name));
    return this;
  }

  String svg() {
    return svg + "</svg>\n";
  }

  private void text(String anchor, double x, double y, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n"
            .formatted(number(x), number(y), anchor, text));
  }

  private double x(double millions) {
    return LEFT + WIDTH * millions / maxPulls;
  }

  private double y(double dollars) {
    return BOTTOM - HEIGHT * dollars / maxDollars;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
