package dev.naru.common.yaml;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// One mapping of a YAML file that people write. Reading a value that is wrong notes the mistake
/// and gives null, so that the reader goes on and finds them all.
public final class Section {
  private final Node node;
  private final String path;
  private final MistakeList mistakes;
  private final Map<String, Node> values = new LinkedHashMap<>();

  /// Turns the text of a scalar into a value; null or an exception when it is none.
  public interface Parser<T> {
    @Nullable T parse(String text);
  }

  /// A parser with the words for what it takes.
  public record Kind<T>(String expected, Parser<T> parser) {}

  private Section(Node node, String path, MistakeList mistakes) {
    this.node = node;
    this.path = path;
    this.mistakes = mistakes;
  }

  /// Opens a mapping and notes keys that do not belong in it.
  public static @Nullable Section of(
      Node node, String path, List<String> keys, MistakeList mistakes) {
    if (!(node instanceof MappingNode mapping)) {
      mistakes.add(node, path, "a mapping with the keys " + String.join(", ", keys));
      return null;
    }
    Section section = new Section(node, path, mistakes);
    for (NodeTuple entry : mapping.getValue()) {
      section.addEntry(entry, keys);
    }
    return section;
  }

  private void addEntry(NodeTuple entry, List<String> keys) {
    Node key = entry.getKeyNode();
    String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!keys.contains(name)) {
      mistakes.add(key, path, "the key " + MistakeList.shown(key), nearest(name, keys));
    } else if (values.putIfAbsent(name, entry.getValueNode()) != null) {
      mistakes.add(key, field(name), "the key a second time", "each key once");
    }
  }

  /// The key that was probably meant, or all keys.
  private static String nearest(String name, List<String> keys) {
    return keys.stream()
        .min(Comparator.comparingInt(key -> distance(name, key)))
        .filter(key -> distance(name, key) <= Math.max(2, key.length() / 3))
        .map(key -> "\"" + key + "\"")
        .orElse("one of " + String.join(", ", keys));
  }

  /// Levenshtein distance without regard to case.
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > 10) {
      return Integer.MAX_VALUE;
    }
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /// The node of a key, or of the section when it is absent: where to point in a mistake.
  public Node at(String key) {
    return values.getOrDefault(key, node);
  }

  public String field(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /// Notes that a value which could be read does not fit the others.
  public void mistake(String key, String expected) {
    mistakes.add(at(key), field(key), expected);
  }

  /// Notes that a key is missing.
  public void missing(String key, String expected) {
    mistakes.add(node, field(key), "nothing", expected);
  }

  public <T> @Nullable T required(String key, Kind<T> kind) {
    Node value = values.get(key);
    if (value == null) {
      missing(key, kind.expected());
      return null;
    }
    return scalar(value, field(key), kind);
  }

  public <T> @Nullable T optional(String key, Kind<T> kind, T otherwise) {
    Node value = values.get(key);
    return value == null ? otherwise : scalar(value, field(key), kind);
  }

  private <T> @Nullable T scalar(Node value, String field, Kind<T> kind) {
    if (value instanceof ScalarNode scalar) {
      T parsed = parsed(scalar.getValue().strip(), kind);
      if (parsed != null) {
        return parsed;
      }
    }
    mistakes.add(value, field, kind.expected());
    return null;
  }

  private static <T> @Nullable T parsed(String text, Kind<T> kind) {
    try {
      return kind.parser().parse(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  /// The mapping under a key; null when it is missing or not a mapping, which is noted.
  public @Nullable Section section(String key, List<String> keys) {
    Node value = values.get(key);
    if (value == null) {
      missing(key, "a mapping with the keys " + String.join(", ", keys));
      return null;
    }
    return of(value, field(key), keys, mistakes);
  }

  /// The mapping under a key that may be absent.
  public @Nullable Section optionalSection(String key, List<String> keys) {
    return has(key) ? section(key, keys) : null;
  }

  /// An element of a list with its place.
  public record Item(Node node, String path) {}

  /// The elements of a list; none when the key is absent; null when it is no list.
  public @Nullable List<Item> items(String key, int most) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode list) || list.getValue().size() > most) {
      mistakes.add(value, field(key), "a list of at most " + most);
      return null;
    }
    List<Item> items = new ArrayList<>();
    for (Node element : list.getValue()) {
      items.add(new Item(element, field(key) + "[" + items.size() + "]"));
    }
    return items;
  }

  /// The values of a list of scalars, each once; wrong ones are noted and left out.
  public <T> List<T> list(String key, int most, Kind<T> kind) {
    List<T> list = new ArrayList<>();
    List<Item> items = items(key, most);
    if (items != null) {
      for (Item item : items) {
        T value = scalar(item.node(), item.path(), kind);
        if (value != null && list.contains(value)) {
          mistakes.add(item.node(), item.path(), "each value once");
        } else if (value != null) {
          list.add(value);
        }
      }
    }
    return list;
  }

  /// The list of scalars that an element is; a single scalar counts as a list of one.
  public <T> List<T> listOf(Item item, Kind<T> kind) {
    List<Node> nodes =
        item.node() instanceof SequenceNode list ? list.getValue() : List.of(item.node());
    List<T> list = new ArrayList<>();
    for (Node element : nodes) {
      T value = scalar(element, item.path(), kind);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  /// The mapping that an element of a list is.
  public @Nullable Section section(Item item, List<String> keys) {
    return of(item.node(), item.path(), keys, mistakes);
  }

  /// Whether a key holds a mapping and not a plain value.
  public boolean isMapping(String key) {
    return values.get(key) instanceof MappingNode;
  }
}
