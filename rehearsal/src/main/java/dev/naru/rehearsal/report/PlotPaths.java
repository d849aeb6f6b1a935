package dev.naru.rehearsal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Turns values into SVG paths. Of many values that share a pixel the first, the last and the
/// extremes are kept, so that no peak is lost.
record PlotPaths(Scale x, Scale y) {
  /// Half a pixel of the drawing: finer detail cannot be seen.
  private static final double COLUMN = 0.5;

  /// One path for each stretch without a gap.
  List<String> line(Column at, Column values, boolean step) {
    List<String> paths = new ArrayList<>();
    int from = 0;
    while (from < at.size()) {
      if (!values.isThere(from)) {
        from++;
        continue;
      }
      int to = from;
      while (to < at.size() && values.isThere(to)) {
        to++;
      }
      paths.add(stretch(at, values, from, to, step));
      from = to;
    }
    return paths;
  }

  String band(Column at, Column low, Column high) {
    int[] there = indexes(at, low, high);
    StringBuilder path = new StringBuilder();
    for (int i : there) {
      point(path, path.isEmpty() ? 'M' : 'L', x.pixel(at.at(i)), y.pixel(high.at(i)));
    }
    for (int i = there.length - 1; i >= 0; i--) {
      point(path, 'L', x.pixel(at.at(there[i])), y.pixel(low.at(there[i])));
    }
    return path.isEmpty() ? "M0 0" : path.append('Z').toString();
  }

  private String stretch(Column at, Column values, int from, int to, boolean step) {
    StringBuilder path = new StringBuilder();
    int i = from;
    while (i < to) {
      double column = x.pixel(at.at(i));
      int end = i + 1;
      while (end < to && x.pixel(at.at(end)) - column < COLUMN) {
        end++;
      }
      double first = y.pixel(values.at(i));
      if (path.isEmpty()) {
        point(path, 'M', column, first);
      } else if (step) {
        path.append(String.format(Locale.ROOT, "H%.1f", column));
        path.append(String.format(Locale.ROOT, "V%.1f", first));
      } else {
        point(path, 'L', column, first);
      }
      column(path, column, values, i, end);
      i = end;
    }
    if (to - from == 1) {
      path.append("h2");
    }
    return path.toString();
  }

  private void column(StringBuilder path, double at, Column values, int from, int to) {
    if (to - from < 2) {
      return;
    }
    double low = values.at(from);
    double high = values.at(from);
    for (int i = from; i < to; i++) {
      low = Math.min(low, values.at(i));
      high = Math.max(high, values.at(i));
    }
    point(path, 'L', at, y.pixel(low));
    point(path, 'L', at, y.pixel(high));
    point(path, 'L', at, y.pixel(values.at(to - 1)));
  }

  private int[] indexes(Column at, Column low, Column high) {
    List<Integer> kept = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < at.size(); i++) {
      boolean there = low.isThere(i) && high.isThere(i);
      if (there && (x.pixel(at.at(i)) - last >= COLUMN || i == at.size() - 1)) {
        kept.add(i);
        last = x.pixel(at.at(i));
      }
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void point(StringBuilder path, char command, double atX, double atY) {
    path.append(String.format(Locale.ROOT, "%c%.1f %.1f", command, atX, atY));
  }
}
