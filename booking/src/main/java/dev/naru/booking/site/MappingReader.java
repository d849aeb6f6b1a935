package dev.naru.booking.site;

import dev.naru.booking.site.MappingReading.Invalid;
import dev.naru.booking.site.MappingReading.Mistake;
import dev.naru.booking.site.MappingReading.Valid;
import dev.naru.booking.site.SiteMapping.Field;
import dev.naru.common.text.LocalText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a mapping from YAML and finds all of its mistakes, each with its line.
///
/// ```yaml
/// source: city-clinics                 # name of the list
/// columns: {name: 기관명, address: 주소, hours: 진료시간}
/// constants: {kind: 의원}               # for fields without a column
/// values: {kind: {C: 의원, H: 병원}}    # what is written, and what it becomes
/// hours: {default: "Mo-Fr 09:00-18:00", 병원: "Mo-Sa 09:00-18:00"}
/// key: [region, name]                  # default: [name, address]
/// file: {columns: [기관코드]}           # further headings that must be there
/// ```
public final class MappingReader {
  /// A mapping has a few dozen lines; anything larger is some other file.
  private static final int LONGEST = 64 * 1024;

  /// The source is part of every stored key.
  private static final int LONGEST_SOURCE = 60;

  private static final Set<Field> MAY_BE_CONSTANT =
      EnumSet.of(Field.KIND, Field.PHONE, Field.PROVINCE, Field.DISTRICT);

  private final Predicate<String> hours;
  private final List<Mistake> mistakes = new ArrayList<>();

  private MappingReader(Predicate<String> hours) {
    this.hours = hours;
  }

  /// Reads a mapping.
  ///
  /// @param hours whether a text is right as opening hours
  public static MappingReading read(String yaml, Predicate<String> hours) {
    MappingReader reader = new MappingReader(hours);
    SiteMapping mapping = reader.mapping(yaml);
    if (mapping != null && reader.mistakes.isEmpty()) {
      return new Valid(mapping);
    }
    reader.mistakes.sort(Comparator.comparingInt(Mistake::line));
    return new Invalid(List.copyOf(reader.mistakes));
  }

  private @Nullable SiteMapping mapping(String yaml) {
    Node root = compose(yaml);
    if (root == null) {
      return null;
    }
    Map<String, Node> top = entries(root, "");
    onlyKnown(top, "", Set.of("source", "columns", "constants", "values", "hours", "key", "file"));
    String source = source(root, top.get("source"));
    Map<Field, String> columns = fieldTexts(top.get("columns"), "columns");
    Map<Field, String> constants = fieldTexts(top.get("constants"), "constants");
    Map<String, String> hoursByKind = hoursByKind(top.get("hours"));
    checkFields(root, top, columns, constants, hoursByKind);
    return new SiteMapping(
        source,
        columns,
        constants,
        values(top.get("values")),
        hoursByKind,
        top.containsKey("key") ? texts(top.get("key"), "key") : List.of("name", "address"),
        required(top.get("file")));
  }

  private @Nullable Node compose(String yaml) {
    LocalText expected =
        new LocalText("YAML 매핑이어야 합니다", "a YAML mapping that begins with 'source:'");
    if (yaml.length() > LONGEST) {
      mistakes.add(new Mistake(1, "", expected));
      return null;
    }
    try {
      Node root =
          new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
      if (root instanceof MappingNode) {
        return root;
      }
      mistakes.add(new Mistake(1, "", expected));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String problem = String.valueOf(e.getProblem());
      mistakes.add(
          new Mistake(
              line, "", new LocalText("올바른 YAML이어야 합니다: " + problem, "valid YAML: " + problem)));
    } catch (YAMLException e) {
      mistakes.add(new Mistake(1, "", expected));
    }
    return null;
  }

  private void checkFields(
      Node root,
      Map<String, Node> top,
      Map<Field, String> columns,
      Map<Field, String> constants,
      Map<String, String> hoursByKind) {
    Node at = top.getOrDefault("columns", root);
    for (Field field : List.of(Field.NAME, Field.ADDRESS)) {
      if (!columns.containsKey(field)) {
        mistake(at, "columns." + field.word(), "열 이름이 있어야 합니다", "the heading of a column");
      }
    }
    if (!columns.containsKey(Field.KIND) && !constants.containsKey(Field.KIND)) {
      mistake(
          at,
          "columns.kind",
          "열 이름이 있거나 constants.kind가 있어야 합니다",
          "the heading of a column, or constants.kind");
    }
    if (!columns.containsKey(Field.HOURS) && !hoursByKind.containsKey("default")) {
      mistake(
          at,
          "columns.hours",
          "열 이름이 있거나 hours.default가 있어야 합니다",
          "the heading of a column, or hours.default");
    }
    if (columns.containsKey(Field.LAT) != columns.containsKey(Field.LNG)) {
      mistake(at, "columns.lat", "lat과 lng는 함께 있어야 합니다", "lat and lng, both or neither");
    }
    for (Field field : constants.keySet()) {
      if (!MAY_BE_CONSTANT.contains(field)) {
        mistake(
            top.getOrDefault("constants", root),
            "constants." + field.word(),
            words(MAY_BE_CONSTANT) + " 중 하나여야 합니다",
            "one of " + words(MAY_BE_CONSTANT));
      }
    }
  }

  private String source(Node root, @Nullable Node node) {
    String source = node == null ? "" : text(node, "source");
    if (source.isEmpty() || source.length() > LONGEST_SOURCE) {
      mistake(
          node == null ? root : node,
          "source",
          "목록의 이름이 있어야 합니다 (" + LONGEST_SOURCE + "자까지)",
          "a name for the list, at most " + LONGEST_SOURCE + " characters");
    }
    return source;
  }

  private Map<Field, String> fieldTexts(@Nullable Node node, String path) {
    Map<Field, String> texts = new EnumMap<>(Field.class);
    fields(node, path)
        .forEach((field, value) -> texts.put(field, filled(value, path + "." + field.word())));
    return texts;
  }

  private Map<Field, Map<String, String>> values(@Nullable Node node) {
    Map<Field, Map<String, String>> values = new EnumMap<>(Field.class);
    fields(node, "values")
        .forEach(
            (field, table) -> {
              String path = "values." + field.word();
              Map<String, String> becomes = new LinkedHashMap<>();
              entries(table, path)
                  .forEach((from, to) -> becomes.put(from, text(to, path + "." + from)));
              values.put(field, becomes);
            });
    return values;
  }

  private Map<String, String> hoursByKind(@Nullable Node node) {
    Map<String, String> byKind = new LinkedHashMap<>();
    entriesOrNone(node, "hours")
        .forEach(
            (kind, value) -> {
              String text = text(value, "hours." + kind);
              if (!hours.test(text)) {
                mistake(
                    value,
                    "hours." + kind,
                    "진료 시간이어야 합니다 (예: \"Mo-Fr 09:00-18:00; Sa 09:00-13:00\")",
                    "opening hours such as \"Mo-Fr 09:00-18:00; Sa 09:00-13:00\"");
              }
              byKind.put(kind, text);
            });
    return byKind;
  }

  private List<String> required(@Nullable Node node) {
    Map<String, Node> file = entriesOrNone(node, "file");
    onlyKnown(file, "file.", Set.of("columns"));
    Node columns = file.get("columns");
    return columns == null ? List.of() : texts(columns, "file.columns");
  }

  private Map<Field, Node> fields(@Nullable Node node, String path) {
    Map<Field, Node> fields = new EnumMap<>(Field.class);
    entriesOrNone(node, path)
        .forEach(
            (word, value) -> {
              Field field = field(word);
              if (field == null) {
                String known = words(EnumSet.allOf(Field.class));
                mistake(value, path + "." + word, known + " 중 하나여야 합니다", "one of " + known);
              } else {
                fields.put(field, value);
              }
            });
    return fields;
  }

  private static @Nullable Field field(String word) {
    for (Field field : Field.values()) {
      if (field.word().equals(word)) {
        return field;
      }
    }
    return null;
  }

  private static String words(Set<Field> fields) {
    return fields.stream().map(Field::word).collect(Collectors.joining(", "));
  }

  private void onlyKnown(Map<String, Node> entries, String path, Set<String> known) {
    entries.forEach(
        (word, value) -> {
          if (!known.contains(word)) {
            String choice = known.stream().sorted().collect(Collectors.joining(", "));
            mistake(value, path + word, choice + " 중 하나여야 합니다", "one of " + choice);
          }
        });
  }

  private Map<String, Node> entriesOrNone(@Nullable Node node, String path) {
    return node == null ? Map.of() : entries(node, path);
  }

  private Map<String, Node> entries(Node node, String path) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      mistake(node, path, "이름과 값이 있어야 합니다", "names with values");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode(), path);
      if (entries.put(name, tuple.getValueNode()) != null) {
        String field = path.isEmpty() ? name : path + "." + name;
        mistake(tuple.getKeyNode(), field, "한 번만 써야 합니다", "this name only once");
      }
    }
    return entries;
  }

  private List<String> texts(@Nullable Node node, String path) {
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue().stream().map(item -> filled(item, path)).toList();
    }
    if (node != null) {
      mistake(node, path, "하나 이상의 목록이어야 합니다", "a list with at least one entry");
    }
    return List.of();
  }

  private String filled(Node node, String path) {
    String text = text(node, path);
    if (text.isEmpty() && node instanceof ScalarNode) {
      mistake(node, path, "비어 있으면 안 됩니다", "some text");
    }
    return text;
  }

  private String text(Node node, String path) {
    if (node instanceof ScalarNode scalar) {
      return RowRules.clean(scalar.getValue());
    }
    mistake(node, path, "글자여야 합니다", "a text");
    return "";
  }

  private void mistake(Node at, String field, String ko, String en) {
    mistakes.add(new Mistake(at.getStartMark().getLine() + 1, field, new LocalText(ko, en)));
  }
}
