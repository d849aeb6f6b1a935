package dev.naru.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/result-codes.md against the sources: clients that nobody here wrote rely on the table.
final class ResultCodesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("common", "identity", "waitingroom", "booking", "app");
  private static final Pattern PROBLEM =
      Pattern.compile("new Problem\\(\\s*\"([a-z-]+)\",\\s*([0-9]+|[a-z]+),");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z-]+)` \\| ([0-9]{3}|4xx) \\|", Pattern.MULTILINE);

  @Test
  void everyCodeStandsInTheTableWithItsStatus() throws IOException {
    assertThat(documented()).isEqualTo(inSources());
  }

  @Test
  void theCodesOfTheApiAreFound() throws IOException {
    assertThat(inSources())
        .containsEntry("slot-full", new TreeSet<>(Set.of("409")))
        .containsEntry("not-called", new TreeSet<>(Set.of("425")))
        .containsEntry("malformed", new TreeSet<>(Set.of("400")));
  }

  private static Map<String, SortedSet<String>> inSources() throws IOException {
    Map<String, SortedSet<String>> codes = new TreeMap<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher problem = PROBLEM.matcher(Files.readString(file));
          while (problem.find()) {
            // A status that is no number is the framework's own: any refusal of 4xx.
            boolean fixed = Character.isDigit(problem.group(2).charAt(0));
            add(codes, problem.group(1), fixed ? problem.group(2) : "4xx");
          }
        }
      }
    }
    return codes;
  }

  private static Map<String, SortedSet<String>> documented() throws IOException {
    Map<String, SortedSet<String>> codes = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/result-codes.md")));
    while (row.find()) {
      add(codes, row.group(1), row.group(2));
    }
    return codes;
  }

  private static void add(Map<String, SortedSet<String>> codes, String code, String status) {
    codes.computeIfAbsent(code, _ -> new TreeSet<>()).add(status);
  }
}
