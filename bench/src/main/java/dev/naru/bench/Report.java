package dev.naru.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a benchmark found: Markdown tables on the terminal as they come, and JSON at the end.
public final class Report {
  private final PrintStream out;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private Set<String> columns = Set.of();

  Report(PrintStream out) {
    this.out = out;
  }

  /// Says something about the conditions, such as a version or the number of rows.
  public void fact(String name, Object value) {
    facts.put(name, value);
    out.println(name + ": " + shown(value));
  }

  /// Adds a row. A table begins whenever the columns differ from those of the row before.
  ///
  /// @param row column to value; numbers are shown with as many digits as their size deserves
  public void row(Map<String, Object> row) {
    if (!row.keySet().equals(columns)) {
      columns = row.keySet();
      out.println();
      line(row.keySet());
      line(row.values().stream().map(v -> v instanceof Number ? "--:" : "---").toList());
    }
    line(row.values().stream().map(Report::shown).toList());
    rows.add(new LinkedHashMap<>(row));
  }

  private void line(Iterable<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String shown(Object value) {
    if (!(value instanceof Number number)) {
      return value.toString();
    }
    double size = Math.abs(number.doubleValue());
    boolean whole = value instanceof Integer || value instanceof Long;
    return String.format(
        Locale.ROOT,
        whole || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f",
        number.doubleValue());
  }

  /// Writes everything as JSON.
  void write(@Nullable Path file) throws IOException {
    if (file != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(
              file.toFile(),
              Map.of("conditions", facts, "rows", rows.stream().map(Report::rounded).toList()));
      out.println("\nwritten to " + file);
    }
  }

  private static Map<String, Object> rounded(Map<String, Object> row) {
    return row.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    e.getValue() instanceof Double d ? Math.round(d * 1000) / 1000.0 : e.getValue(),
                (a, _) -> a,
                LinkedHashMap::new));
  }
}
