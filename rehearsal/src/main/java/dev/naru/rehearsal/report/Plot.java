package dev.naru.rehearsal.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plot as inline SVG: lines, steps, bands, bars and marks over a common axis. It needs no
/// script, follows the page's light or dark colours, and has a title and a description for those
/// who cannot see it.
///
/// ```java
/// new Plot("Bookings", "a second", Unit.TIME, Unit.COUNT)
///     .step("booked", seconds, bookings)
///     .mark(opened, "opening")
///     .html();
/// ```
public final class Plot {
  sealed interface Layer {
    String name();

    /// Values come in order of x; NaN is a gap.
    record Line(String name, Column x, Column y, boolean step) implements Layer {}

    record Band(String name, Column x, Column low, Column high) implements Layer {}

    record Points(String name, Column x, Column y) implements Layer {}

    record Bars(String name, Column y) implements Layer {}
  }

  record Mark(double x, String label) {}

  record Limit(double y, String label) {}

  private String title;
  private final String yLabel;
  private final Unit xUnit;
  private final Unit yUnit;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private List<String> categories = List.of();
  private boolean log;
  private String xLabel = "";
  private @Nullable Double atLeast;

  /// @param yLabel what the values are, such as `people a second`
  public Plot(String title, String yLabel, Unit xUnit, Unit yUnit) {
    this.title = title;
    this.yLabel = yLabel;
    this.xUnit = xUnit;
    this.yUnit = yUnit;
  }

  /// What the horizontal axis is, such as `since the opening`.
  public Plot over(String label) {
    xLabel = label;
    return this;
  }

  /// Puts a word before the title, to tell two plots of the same thing apart.
  public Plot prefixed(String word) {
    title = word + ": " + title;
    return this;
  }

  /// Equal steps for equal factors; values of 0 or less are drawn at the foot.
  public Plot logarithmic() {
    log = true;
    return this;
  }

  /// Makes the vertical axis reach a value, so that two plots can be compared by eye.
  public Plot reaching(double y) {
    atLeast = y;
    return this;
  }

  /// Joins values by straight lines.
  ///
  /// @param x ascending
  /// @param y as many; NaN leaves a gap
  public Plot line(String name, double[] x, double[] y) {
    return add(new Layer.Line(name, same(x, y), new Column(y), false));
  }

  /// Holds each value until the next.
  public Plot step(String name, double[] x, double[] y) {
    return add(new Layer.Line(name, same(x, y), new Column(y), true));
  }

  /// Fills what lies between two curves.
  public Plot band(String name, double[] x, double[] low, double[] high) {
    same(x, low);
    return add(new Layer.Band(name, same(x, high), new Column(low), new Column(high)));
  }

  /// Single dots.
  public Plot points(String name, double[] x, double[] y) {
    return add(new Layer.Points(name, same(x, y), new Column(y)));
  }

  /// Bars over named categories; several calls stand side by side.
  ///
  /// @param names the same in each call
  public Plot bars(String name, List<String> names, double[] y) {
    if (names.size() != y.length || !(categories.isEmpty() || categories.equals(names))) {
      throw new IllegalArgumentException("bars have the same categories");
    }
    categories = List.copyOf(names);
    return add(new Layer.Bars(name, new Column(y)));
  }

  /// A vertical line with a word.
  public Plot mark(double x, String label) {
    marks.add(new Mark(x, label));
    return this;
  }

  /// A horizontal line with a word, such as a goal.
  public Plot limit(double y, String label) {
    limits.add(new Limit(y, label));
    return this;
  }

  /// The plot with title and legend.
  public String html() {
    return new PlotDrawing(this).figure();
  }

  private Plot add(Layer layer) {
    layers.add(layer);
    return this;
  }

  private static Column same(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("as many x as y: " + x.length + ", " + y.length);
    }
    return new Column(x);
  }

  String title() {
    return title;
  }

  String xLabel() {
    return xLabel;
  }

  String yLabel() {
    return yLabel;
  }

  Unit xUnit() {
    return xUnit;
  }

  Unit yUnit() {
    return yUnit;
  }

  boolean isLogarithmic() {
    return log;
  }

  @Nullable Double reach() {
    return atLeast;
  }

  List<Layer> layers() {
    return layers;
  }

  List<Mark> marks() {
    return marks;
  }

  List<Limit> limits() {
    return limits;
  }

  List<String> categories() {
    return categories;
  }
}
