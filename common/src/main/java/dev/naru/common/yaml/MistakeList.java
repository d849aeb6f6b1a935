package dev.naru.common.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The mistakes found so far.
public final class MistakeList {
  /// More than anybody corrects at a time; keeps a huge wrong file from a huge answer.
  public static final int MOST = 100;

  /// Enough to recognise the place.
  private static final int SHOWN = 40;

  private final List<Mistake> mistakes = new ArrayList<>();

  public void add(Node at, String field, String expected) {
    add(at, field, shown(at), expected);
  }

  public void add(Node at, String field, String found, String expected) {
    add(
        new Mistake(
            at.getStartMark().getLine() + 1,
            at.getStartMark().getColumn() + 1,
            field,
            found,
            expected));
  }

  public void add(Mistake mistake) {
    if (mistakes.size() < MOST && !mistakes.contains(mistake)) {
      mistakes.add(mistake);
    }
  }

  public boolean isEmpty() {
    return mistakes.isEmpty();
  }

  /// All of them in the order of the file.
  public List<Mistake> sorted() {
    return mistakes.stream()
        .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
        .toList();
  }

  /// What stands at a node, in a few words.
  public static String shown(Node node) {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isBlank() -> "nothing";
      case ScalarNode scalar -> quoted(scalar.getValue());
      case MappingNode _ -> "a mapping";
      default -> "a list";
    };
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    if (line.length() <= SHOWN) {
      return "\"" + line + "\"";
    }
    boolean splitsPair = Character.isHighSurrogate(line.charAt(SHOWN - 1));
    return "\"" + line.substring(0, splitsPair ? SHOWN - 1 : SHOWN) + "…\"";
  }
}
