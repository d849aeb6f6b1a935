package dev.naru.rehearsal.report;

import dev.naru.rehearsal.report.Plot.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws one [Plot].
final class PlotDrawing {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 64;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int FOOT = 38;

  /// The palette of [Page]; dashes tell lines apart where colours do not.
  private static final int COLOURS = 6;

  private final Plot plot;
  private final StringBuilder svg = new StringBuilder();
  private final Extent xs = new Extent();
  private final Extent ys = new Extent();
  private final Scale x;
  private final Scale y;

  PlotDrawing(Plot plot) {
    this.plot = plot;
    plot.layers().forEach(this::measure);
    plot.marks().forEach(mark -> xs.include(mark.x()));
    plot.limits().forEach(limit -> ys.include(limit.y()));
    Double reach = plot.reach();
    if (reach != null) {
      ys.include(reach);
    }
    if (!plot.isLogarithmic()) {
      ys.include(0);
    }
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - FOOT;
    this.x = Scale.linear(plot.xUnit(), xs.low(), xs.high(), LEFT, right, 8);
    this.y =
        plot.isLogarithmic()
            ? Scale.logarithmic(ys.positive(), ys.high(), bottom, TOP)
            : Scale.rounded(plot.yUnit(), ys.low(), ys.high(), bottom, TOP, 5);
  }

  String figure() {
    String title = Html.text(plot.title());
    svg.append("<figure><figcaption>").append(title);
    svg.append(" <small>").append(Html.text(plot.yLabel())).append("</small></figcaption>\n");
    svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT);
    svg.append("\" role=\"img\"><title>").append(title).append("</title><desc>");
    svg.append(Html.text(description())).append("</desc>\n");
    grid();
    for (int i = 0; i < plot.layers().size(); i++) {
      draw(plot.layers().get(i), i);
    }
    plot.limits().forEach(this::limit);
    plot.marks().forEach(this::mark);
    svg.append("</svg>\n");
    legend();
    return svg.append("</figure>\n").toString();
  }

  private void measure(Layer layer) {
    switch (layer) {
      case Layer.Line(_, Column at, Column values, _) -> include(at, values);
      case Layer.Points(_, Column at, Column values) -> include(at, values);
      case Layer.Band(_, Column at, Column low, Column high) -> {
        include(at, low);
        include(at, high);
      }
      case Layer.Bars(_, Column values) -> ys.include(values);
    }
  }

  private void include(Column at, Column values) {
    xs.include(at);
    ys.include(values);
  }

  private void grid() {
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      line("grid", LEFT, at, WIDTH - RIGHT, at);
      label("end", LEFT - 6.0, at + 4, plot.yUnit().text(tick));
    }
    if (plot.categories().isEmpty()) {
      for (double tick : x.ticks()) {
        double at = x.pixel(tick);
        line("grid", at, HEIGHT - FOOT, at, HEIGHT - FOOT + 4.0);
        label("middle", at, HEIGHT - FOOT + 17.0, plot.xUnit().text(tick));
      }
    } else {
      for (int i = 0; i < plot.categories().size(); i++) {
        double at = LEFT + (i + 0.5) * slot();
        label("middle", at, HEIGHT - FOOT + 17.0, plot.categories().get(i));
      }
    }
    if (!plot.xLabel().isEmpty()) {
      label("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6.0, plot.xLabel());
    }
  }

  private void draw(Layer layer, int index) {
    String colour = " class=\"c" + index % COLOURS;
    switch (layer) {
      case Layer.Line(_, Column at, Column values, boolean step) ->
          new PlotPaths(x, y).line(at, values, step).forEach(path -> path(colour + " l", path));
      case Layer.Band(_, Column at, Column low, Column high) ->
          path(colour + " b", new PlotPaths(x, y).band(at, low, high));
      case Layer.Points(_, Column at, Column values) -> {
        for (int i = 0; i < at.size(); i++) {
          if (values.isThere(i)) {
            svg.append(
                String.format(
                    Locale.ROOT,
                    "<circle%s p\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n",
                    colour,
                    x.pixel(at.at(i)),
                    y.pixel(values.at(i))));
          }
        }
      }
      case Layer.Bars(String name, Column values) -> bars(colour, name, values, index);
    }
  }

  private void bars(String colour, String name, Column values, int index) {
    int rivals = plot.layers().size();
    double width = slot() * 0.8 / rivals;
    for (int i = 0; i < values.size(); i++) {
      if (!values.isThere(i)) {
        continue;
      }
      double top = y.pixel(values.at(i));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect%s r\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
              colour,
              LEFT + i * slot() + slot() * 0.1 + index * width,
              top,
              Math.max(1, width - 1),
              Math.max(0, HEIGHT - FOOT - top),
              Html.text(
                  plot.categories().get(i)
                      + ", "
                      + name
                      + ": "
                      + plot.yUnit().text(values.at(i)))));
    }
  }

  private double slot() {
    return (double) (WIDTH - LEFT - RIGHT) / plot.categories().size();
  }

  private void path(String colour, String path) {
    svg.append("<path").append(colour).append("\" d=\"").append(path).append("\"/>\n");
  }

  private void mark(Plot.Mark mark) {
    double at = x.pixel(mark.x());
    boolean left = at > (LEFT + WIDTH) / 2.0;
    line("mark", at, TOP, at, HEIGHT - FOOT);
    label(left ? "end" : "start", left ? at - 4 : at + 4, TOP + 10.0, mark.label());
  }

  private void limit(Plot.Limit limit) {
    double at = y.pixel(limit.y());
    line("mark", LEFT, at, WIDTH - RIGHT, at);
    label("end", WIDTH - RIGHT - 4.0, at - 4, limit.label());
  }

  private void line(String kind, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  private void label(String anchor, double atX, double atY, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            anchor,
            atX,
            atY,
            Html.text(text)));
  }

  private void legend() {
    if (plot.layers().size() < 2) {
      return;
    }
    svg.append("<ul class=\"legend\">");
    for (int i = 0; i < plot.layers().size(); i++) {
      svg.append("<li><svg viewBox=\"0 0 24 8\" aria-hidden=\"true\"><path class=\"c");
      svg.append(i % COLOURS);
      svg.append(
          plot.layers().get(i) instanceof Layer.Line
              ? " l\" d=\"M0 4H24\""
              : " r\" d=\"M0 0H24V8H0Z\"");
      svg.append("/></svg>").append(Html.text(plot.layers().get(i).name())).append("</li>");
    }
    svg.append("</ul>\n");
  }

  private String description() {
    List<String> sentences = new ArrayList<>();
    for (Layer layer : plot.layers()) {
      String peak =
          switch (layer) {
            case Layer.Line(_, Column at, Column values, _) -> peak(at, values);
            case Layer.Points(_, Column at, Column values) -> peak(at, values);
            case Layer.Band(_, Column at, _, Column high) -> peak(at, high);
            case Layer.Bars(_, Column values) -> peak(null, values);
          };
      sentences.add(layer.name() + ": " + peak);
    }
    return plot.yLabel() + ". " + String.join("; ", sentences) + ".";
  }

  private String peak(@Nullable Column at, Column values) {
    int highest = -1;
    for (int i = 0; i < values.size(); i++) {
      if (values.isThere(i) && (highest < 0 || values.at(i) > values.at(highest))) {
        highest = i;
      }
    }
    if (highest < 0) {
      return "nothing measured";
    }
    String where = at == null ? plot.categories().get(highest) : plot.xUnit().text(at.at(highest));
    return "highest " + plot.yUnit().text(values.at(highest)) + " at " + where;
  }

  /// The least and the greatest of what is drawn.
  private static final class Extent {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double positive = Double.POSITIVE_INFINITY;

    void include(double value) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
        positive = value > 0 ? Math.min(positive, value) : positive;
      }
    }

    void include(Column values) {
      for (int i = 0; i < values.size(); i++) {
        include(values.at(i));
      }
    }

    double low() {
      return high < low ? 0 : low;
    }

    double high() {
      return high < low ? 1 : high;
    }

    double positive() {
      return Double.isFinite(positive) ? positive : 1;
    }
  }
}
