package dev.naru.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages stay light enough for an opening with millions: every file that a page can load
/// counts, in gzip, by itself.
class PageWeightTest {
  private static final Path PAGES = Path.of("../app/src/main/resources/META-INF/resources");
  private static final int JOURNEY_LIMIT = 30 * 1024;
  private static final int WAITING_LIMIT = 10 * 1024;

  /// Loaded when somebody opens the proof of the draw, where the browser has no WebCrypto, when a
  /// provider needs more than a form, when somebody moves or books a later dose, and when somebody
  /// acts for another person, or verifies one who calls.
  private static final Set<String> RARE =
      Set.of(
          "js/check.js",
          "js/sha256.js",
          "js/steps.js",
          "js/task.js",
          "js/helping.js",
          "js/caller.js");

  /// Loaded where the campaign has holds, or later doses that people book by themselves.
  private static final List<String> OPTIONS = List.of("hold", "later");

  private static final int OPTIONS_LIMIT = 2 * 1024 + 256;

  /// Loaded on the waiting page when there is bad news.
  private static final String MESSAGE = "js/message.js";

  private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"/([\\w./-]+\\.\\w+)\"");
  private static final Pattern IMPORTED =
      Pattern.compile("(?:from|import\\()\\s*'\\./([\\w-]+)\\.js'");
  private static final Pattern WORDS = Pattern.compile("(?:learn|open)\\('([\\w]+)'");

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void fromHomeToBookedIsLight(String language) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String page : List.of("index", "verify", "wait", "book", "booked")) {
      collect(page + ".html", language, files);
    }
    assertThat(files).contains("js/search.js", "css/naru.css", "text/" + language + "/common.json");
    assertThat(weight(files)).as("%s", files).isLessThanOrEqualTo(JOURNEY_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void whatACampaignCanSwitchOnAddsLittle(String language) throws IOException {
    Set<String> files = new TreeSet<>();
    for (String name : OPTIONS) {
      files.add("js/" + name + ".js");
      files.add("text/" + language + "/" + name + ".json");
    }
    assertThat(weight(files)).as("%s", files).isLessThanOrEqualTo(OPTIONS_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "en"})
  void theWaitingPageIsLight(String language) throws IOException {
    Set<String> files = new TreeSet<>(Set.of(MESSAGE));
    collect("wait.html", language, files);
    files.remove(MESSAGE);
    assertThat(files).contains("js/draw.js", "mark.svg", "text/" + language + "/wait.json");
    assertThat(weight(files)).as("%s", files).isLessThanOrEqualTo(WAITING_LIMIT);
  }

  /// Adds a file and all that it loads.
  private static void collect(String file, String language, Set<String> files) throws IOException {
    boolean optional = OPTIONS.stream().anyMatch(name -> file.equals("js/" + name + ".js"));
    if (optional || RARE.contains(file) || !files.add(file)) {
      return;
    }
    String text = Files.readString(PAGES.resolve(file));
    for (String linked : all(LINKED, text)) {
      if (!linked.endsWith(".html")) {
        collect(linked, language, files);
      }
    }
    for (String name : all(IMPORTED, text)) {
      collect("js/" + name + ".js", language, files);
    }
    all(WORDS, text).forEach(name -> files.add("text/" + language + "/" + name + ".json"));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static int weight(Set<String> files) throws IOException {
    int sum = 0;
    for (String file : files) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(Files.readAllBytes(PAGES.resolve(file)));
      }
      sum += packed.size();
    }
    return sum;
  }
}
