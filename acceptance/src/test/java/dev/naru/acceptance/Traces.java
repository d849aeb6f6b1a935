package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a whole run has left: in the log, the metrics, every table, and every byte of the data
/// folder.
public final class Traces {
  private final Map<String, String> left;

  private Traces(Map<String, String> left) {
    this.left = left;
  }

  /// All that the run has left, by place.
  public static Traces of(NaruProcess naru) throws SQLException {
    Map<String, String> left = new LinkedHashMap<>();
    Books books = Books.of(naru);
    // The files hold what the tables do.
    books.texts("SELECT 1 FROM (SELECT pg_switch_wal()) AS switched");
    left.put("log", naru.logText());
    left.put("metrics", new Http(naru.managementUri()).get("/q/metrics").must(200).text());
    String tables =
        """
        SELECT schemaname || '.' || tablename FROM pg_tables
        WHERE schemaname IN ('identity', 'waitingroom', 'booking')
        """;
    for (String table : books.texts(tables)) {
      left.put(
          "table " + table, String.join("\n", books.texts("SELECT t::text FROM " + table + " t")));
    }
    try (Stream<Path> files = Files.walk(naru.data())) {
      files.filter(Files::isRegularFile).forEach(file -> left.put("file " + file, bytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Traces(left);
  }

  /// One letter for each byte; empty when the database has just removed the file.
  private static String bytes(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /// Where any of some texts stands: as text, as the letters of its bytes, or in hex.
  public List<String> places(List<String> texts) {
    List<String> spellings = new ArrayList<>();
    for (String text : texts) {
      spellings.add(text);
      spellings.add(new String(text.getBytes(UTF_8), ISO_8859_1));
      spellings.add(HexFormat.of().formatHex(text.getBytes(UTF_8)));
    }
    return left.entrySet().stream()
        .filter(entry -> spellings.stream().anyMatch(entry.getValue()::contains))
        .map(Map.Entry::getKey)
        .toList();
  }
}
