package dev.naru.booking.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.naru.booking.site.ListFile.Broken;
import dev.naru.booking.site.ListFile.End;
import dev.naru.booking.site.ListFile.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'a,b;c,d', ','",
    "'a;b;c,d', ';'",
    "'a\tb,c\td', '\t'",
    "'\"a;;;b\",c', ','",
    "'a', ','"
  })
  void theDelimiterIsTheOneTheHeadingHasMostOf(String heading, char delimiter) throws IOException {
    try (ListFile file = open(heading + "\n1;;;;;2\n")) {
      assertThat(file.delimiter()).isEqualTo(delimiter);
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeading() throws IOException {
    assertThat(rows("\uFEFFa,b\r\n1,2\r\n")).containsExactly(List.of("a", "b"), List.of("1", "2"));
  }

  @Test
  void linesAreCountedThroughValuesOfSeveralLines() throws IOException {
    try (ListFile file = open("a,b\n\"1\n1\",2\n\n3,4\n")) {
      file.next();
      assertThat(file.next()).isEqualTo(new Row(2, List.of("1\n1", "2")));
      assertThat(file.next()).isEqualTo(new Row(5, List.of("3", "4")));
      assertThat(file.next()).isEqualTo(new End());
    }
  }

  @Test
  void whatIsTooLargeBreaksTheReadingAndNotTheProgram() throws IOException {
    assertThat(last("a,b\n" + "x".repeat(10_001) + ",2\n")).isInstanceOf(Broken.class);
    assertThat(last("a,b\n" + ",".repeat(300) + "\n")).isInstanceOf(Broken.class);
    assertThat(last("a,b\n\"never closed\n" + "1,2\n".repeat(10_000))).isInstanceOf(Broken.class);
    assertThat(last("a,b\n\"x\"y,2\n")).isInstanceOf(Broken.class);
    assertThat(last("x".repeat(20_000_000))).isInstanceOf(Broken.class);
  }

  @Test
  void theSpectrumOfCsvIsReadAsPublished() throws IOException {
    Path spectrum = SharedFiles.path("conformance/csv-spectrum");
    List<Path> files;
    try (Stream<Path> all = Files.list(spectrum.resolve("csvs"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(12);
    for (Path file : files) {
      String json = file.getFileName().toString().replace(".csv", ".json");
      JsonNode expected =
          new ObjectMapper().readTree(spectrum.resolve("json").resolve(json).toFile());
      if (expected.isArray()) {
        assertThat(asObjects(rows(text(file)))).as(json).isEqualTo(expected);
      } else {
        assertThat(TextEncoding.of(file)).isEqualTo(new TextEncoding.Unreadable(Damage.REFUSAL));
      }
    }
  }

  /// The copies at hand may have lost the carriage returns that their names promise.
  private static String text(Path file) throws IOException {
    String text = Files.readString(file);
    return file.toString().endsWith("_crlf.csv") && !text.contains("\r")
        ? text.replace("\n", "\r\n")
        : text;
  }

  private static JsonNode asObjects(List<List<String>> rows) {
    ArrayNode objects = new ObjectMapper().createArrayNode();
    for (List<String> row : rows.subList(1, rows.size())) {
      ObjectNode object = objects.addObject();
      for (int i = 0; i < row.size(); i++) {
        object.put(rows.getFirst().get(i), row.get(i));
      }
    }
    return objects;
  }

  private ListFile open(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("list.csv"), text);
    return ListFile.open(file, StandardCharsets.UTF_8);
  }

  private List<List<String>> rows(String text) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (ListFile file = open(text)) {
      while (file.next() instanceof Row row) {
        rows.add(row.cells());
      }
    }
    return rows;
  }

  private ListFile.Step last(String text) throws IOException {
    try (ListFile file = open(text)) {
      ListFile.Step step = file.next();
      while (step instanceof Row) {
        step = file.next();
      }
      return step;
    }
  }
}
