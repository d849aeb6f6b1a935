package dev.naru.bench.admission;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A day as an SVG: paces above, latency below.
final class Plot {
  private static final int WIDTH = 760;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 60;
  private static final int RATES = 240;
  private static final int GAP = 50;
  private static final int LATENCY = 90;
  private static final double MOST_MILLIS = 1_200;

  private final StringBuilder svg = new StringBuilder();
  private final List<Sample> samples;
  private final double mostRate;

  private Plot(List<Sample> samples) {
    this.samples = samples;
    this.mostRate =
        1.15
            * samples.stream()
                .mapToDouble(s -> Math.max(Math.max(s.capacity(), s.calling()), s.pace()))
                .max()
                .orElse(1);
  }

  static String of(Scenario scenario, List<Sample> samples, Verdict verdict) {
    return new Plot(samples).draw(scenario, verdict);
  }

  private String draw(Scenario scenario, Verdict verdict) {
    int height = TOP + RATES + GAP + LATENCY + 40;
    add(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\"><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>",
            WIDTH,
            height));
    text(LEFT, 22, "#222", "<tspan font-size=\"15\">" + scenario.title() + "</tspan>");
    text(
        LEFT,
        40,
        "#555",
        "goodput %.1f%% of the best possible; latency target broken for %d s; %.0f%% of the booking requests sent away"
            .formatted(
                100 * verdict.goodput(), verdict.brokenSeconds(), 100 * verdict.refusedShare()));
    grid();
    rate("#bbb", "6 4", "capacity", 0, Sample::capacity);
    rate("#e0a030", "2 3", "ceiling", 1, s -> Math.min(s.ceiling(), mostRate));
    rate("#8888dd", "", "called", 2, Sample::calling);
    rate("#66bb88", "", "entered", 3, s -> mean(s, Sample::entered));
    rate("#1155cc", "", "pace", 4, Sample::pace);
    rate("#cc3333", "", "decided", 5, s -> mean(s, Sample::answered));
    latency();
    return svg.append("</svg>\n").toString();
  }

  /// Over ten seconds: single seconds are mostly chance.
  private double mean(Sample sample, ToDoubleFunction<Sample> value) {
    int from = Math.max(0, sample.second() - 9);
    return samples.subList(from, sample.second() + 1).stream()
        .mapToDouble(value)
        .average()
        .orElse(0);
  }

  private void grid() {
    for (int i = 0; i <= 4; i++) {
      double rate = mostRate * i / 4;
      double y = rateY(rate);
      add(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#eee\"/>",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      add(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" fill=\"#555\" text-anchor=\"end\">%,.0f</text>",
              LEFT - 6,
              y + 4,
              rate));
    }
    text(6, TOP - 8, "#555", "a minute");
    int minutes = samples.size() / 60;
    for (int minute = 0; minute <= minutes; minute += Math.max(5, minutes / 40 * 5)) {
      add(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" fill=\"#555\" text-anchor=\"middle\">%d min</text>",
              x(minute * 60),
              TOP + RATES + 16,
              minute));
    }
  }

  private void rate(
      String colour, String dash, String name, int place, ToDoubleFunction<Sample> value) {
    line(colour, dash, s -> rateY(value.applyAsDouble(s)));
    text(LEFT + 10 + place * 112, TOP + RATES + GAP - 16, colour, "— " + name);
  }

  private void latency() {
    int bottom = TOP + RATES + GAP + LATENCY;
    double target = bottom - Verdict.LATENCY_MILLIS / MOST_MILLIS * LATENCY;
    add(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#cc3333\" stroke-dasharray=\"4 4\"/>",
            LEFT,
            WIDTH - RIGHT,
            target,
            target));
    add(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%.1f\" fill=\"#cc3333\" text-anchor=\"end\">%.0f ms</text>",
            LEFT - 6,
            target + 4,
            Verdict.LATENCY_MILLIS));
    add(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#ccc\"/>",
            LEFT,
            WIDTH - RIGHT,
            bottom,
            bottom));
    line(
        "#444", "", s -> bottom - Math.min(MOST_MILLIS, s.latencyMillis()) / MOST_MILLIS * LATENCY);
    text(LEFT, bottom + 20, "#444", "mean time to a decision");
  }

  private void line(String colour, String dash, ToDoubleFunction<Sample> y) {
    StringBuilder points = new StringBuilder();
    int step = Math.max(1, samples.size() / 300);
    for (int i = 0; i < samples.size(); i += step) {
      points.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y.applyAsDouble(samples.get(i))));
    }
    add(
        String.format(
            Locale.ROOT,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\" stroke-dasharray=\"%s\" points=\"%s\"/>",
            colour,
            dash,
            points.toString().strip()));
  }

  private double x(int second) {
    return LEFT + (double) second / samples.size() * (WIDTH - LEFT - RIGHT);
  }

  private double rateY(double rate) {
    return TOP + RATES - rate / mostRate * RATES;
  }

  private void text(int x, int y, String colour, String text) {
    svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">".formatted(x, y, colour));
    svg.append(text).append("</text>\n");
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }
}
