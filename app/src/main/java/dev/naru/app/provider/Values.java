package dev.naru.app.provider;

import dev.naru.common.text.LocalText;
import dev.naru.common.yaml.MistakeList;
import dev.naru.common.yaml.Section;
import dev.naru.common.yaml.Section.Kind;
import dev.naru.identity.provider.About;
import dev.naru.identity.provider.remote.Remote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The values of one provider's page. A value that is wrong is noted and something harmless is
/// given instead: a page with mistakes is never used.
final class Values {
  /// What every provider has.
  static final List<String> COMMON = List.of("id", "kind", "name", "capacity", "ownPeople");

  static final Kind<String> TEXT =
      new Kind<>(
          "a text of 1 to 300 characters in one line",
          text ->
              !text.isEmpty()
                      && text.length() <= 300
                      && text.chars().noneMatch(Character::isISOControl)
                  ? text
                  : null);

  private static final Kind<String> IDENTIFIER =
      new Kind<>(
          "1 to 32 of the characters a-z, 0-9 and -",
          text -> text.matches("[a-z0-9-]{1,32}") ? text : null);

  private static final Kind<Boolean> YES_OR_NO =
      new Kind<>(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
              });

  private static final Kind<URI> ADDRESS =
      new Kind<>(
          "an https address (http only for localhost)",
          text -> Remote.isSafe(URI.create(text)) ? URI.create(text) : null);

  private static final URI NOWHERE = URI.create("https://invalid/");

  /// Where a page is.
  ///
  /// @param publicUrl of Naru, as browsers see it
  record Place(Path page, @Nullable URI publicUrl, MistakeList mistakes) {}

  private final Section section;
  private final Place place;

  Values(Section section, Place place) {
    this.section = section;
    this.place = place;
  }

  /// The kind that a page names; "" when it names none that is known, which is noted.
  static String kind(Section.Item item, Collection<String> kinds, Place place) {
    String expected = "one of " + String.join(", ", new TreeSet<>(kinds));
    if (item.node() instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("kind")) {
          String kind = entry.getValueNode() instanceof ScalarNode value ? value.getValue() : "";
          if (!kinds.contains(kind)) {
            place.mistakes().add(entry.getValueNode(), item.path() + ".kind", expected);
          }
          return kinds.contains(kind) ? kind : "";
        }
      }
      place.mistakes().add(item.node(), item.path() + ".kind", "nothing", expected);
    } else {
      place.mistakes().add(item.node(), item.path(), "a mapping with the key kind");
    }
    return "";
  }

  About about() {
    return new About(
        or(section.required("id", IDENTIFIER), "x"), name(), whole("capacity", 1, 1_000_000));
  }

  private LocalText name() {
    Section name = section.section("name", List.of("ko", "en"));
    return name == null
        ? new LocalText("", "")
        : new LocalText(or(name.required("ko", TEXT), ""), or(name.required("en", TEXT), ""));
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  boolean has(String key) {
    return section.has(key);
  }

  String text(String key) {
    return or(section.required(key, TEXT), "");
  }

  String text(String key, String otherwise) {
    return or(section.optional(key, TEXT, otherwise), otherwise);
  }

  @Nullable String textOrNull(String key) {
    return section.has(key) ? text(key) : null;
  }

  /// One of some words.
  String word(String key, List<String> words, String otherwise) {
    Kind<String> kind =
        new Kind<>(
            "one of " + String.join(", ", words), text -> words.contains(text) ? text : null);
    return or(section.optional(key, kind, otherwise), otherwise);
  }

  boolean yes(String key, boolean otherwise) {
    return or(section.optional(key, YES_OR_NO, otherwise), otherwise);
  }

  int whole(String key, int least, int most) {
    return or(section.required(key, wholeKind(least, most)), least);
  }

  int whole(String key, int least, int most, int otherwise) {
    return or(section.optional(key, wholeKind(least, most), otherwise), otherwise);
  }

  private static Kind<Integer> wholeKind(int least, int most) {
    return new Kind<>(
        "a whole number from %d to %d".formatted(least, most),
        text -> {
          int number = Integer.parseInt(text);
          return least <= number && number <= most ? number : null;
        });
  }

  double share(String key, double otherwise) {
    Kind<Double> kind =
        new Kind<>(
            "a share from 0 to 1, such as 0.02",
            text -> {
              double share = Double.parseDouble(text);
              return share >= 0 && share <= 1 ? share : null;
            });
    return or(section.optional(key, kind, otherwise), otherwise);
  }

  Duration duration(String key, Duration most) {
    Kind<Duration> kind =
        new Kind<>(
            "a time from PT0S to " + most + ", such as PT0.3S",
            text -> {
              Duration duration = Duration.parse(text);
              return duration.isNegative() || duration.compareTo(most) > 0 ? null : duration;
            });
    return or(section.required(key, kind), Duration.ZERO);
  }

  URI address(String key) {
    return or(section.required(key, ADDRESS), NOWHERE);
  }

  List<String> words(String key, List<String> words, List<String> otherwise) {
    Kind<String> kind =
        new Kind<>(
            "one of " + String.join(", ", words), text -> words.contains(text) ? text : null);
    return section.has(key) ? section.list(key, 20, kind) : otherwise;
  }

  List<String> texts(String key, List<String> otherwise) {
    return section.has(key) ? section.list(key, 20, TEXT) : otherwise;
  }

  /// One text, or several.
  List<String> oneOrMore(String key, List<String> otherwise) {
    return section.has(key)
        ? section.listOf(new Section.Item(section.at(key), section.field(key)), TEXT)
        : otherwise;
  }

  /// The values below a key; null when it is absent or no mapping, which is noted.
  @Nullable Values below(String key, List<String> keys) {
    Section inner = section.optionalSection(key, keys);
    return inner == null ? null : new Values(inner, place);
  }

  /// Files that can be read, at least one; relative ones lie beside the page.
  List<Path> files(String key) {
    Kind<String> kind =
        new Kind<>("a file that can be read", text -> Files.isReadable(beside(text)) ? text : null);
    if (!section.has(key)) {
      section.missing(key, "a list of files");
    }
    return section.list(key, 20, kind).stream().map(this::beside).toList();
  }

  private Path beside(String path) {
    return place.page().toAbsolutePath().resolveSibling(path);
  }

  /// A secret, which stands in the environment or in a file, never in the page.
  String secret(String key) {
    Section where = null;
    if (section.has(key) && !section.isMapping(key)) {
      // The value itself is not repeated: it may be the secret.
      place
          .mistakes()
          .add(
              section.at(key),
              section.field(key),
              "a value",
              "{env: NAME} or {file: PATH}: secrets do not belong in this page");
    } else {
      where = section.section(key, List.of("env", "file"));
    }
    return where == null ? "" : secret(where);
  }

  private String secret(Section where) {
    if (where.has("env") == where.has("file")) {
      where.missing("env", "either env or file");
      return "";
    }
    if (where.has("env")) {
      String name = or(where.required("env", TEXT), "");
      String value = System.getenv(name);
      if (value == null || value.isBlank()) {
        where.mistake("env", "the name of an environment variable that is set");
      }
      return or(value, "").strip();
    }
    try {
      return Files.readString(beside(or(where.required("file", TEXT), ""))).strip();
    } catch (IOException e) {
      where.mistake("file", "a file that can be read");
      return "";
    }
  }

  /// Notes what does not fit.
  void mistake(String key, String expected) {
    section.mistake(key, expected);
  }

  /// Notes that a provider which does not know people by connecting information must say so.
  void needsOwnPeople(String why) {
    if (!yes("ownPeople", false)) {
      section.missing("ownPeople", "true, because " + why + " (docs/identity.md)");
    }
  }

  /// Where a provider's page sends the browser back to.
  URI returnTo(About about) {
    URI base = place.publicUrl();
    if (base == null) {
      section.missing("kind", "the option --public-url, which this kind of provider returns to");
      return NOWHERE;
    }
    return base.resolve("/api/v1/identity/" + about.id() + "/return");
  }
}
