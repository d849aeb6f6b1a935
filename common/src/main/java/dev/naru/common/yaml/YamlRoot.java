package dev.naru.common.yaml;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Reads the text of a YAML file up to its outermost mapping.
public final class YamlRoot {
  /// Deeper than any file of ours.
  private static final int DEEPEST = 10;

  private YamlRoot() {}

  /// Never throws, whatever the text; what is wrong is noted.
  ///
  /// @param longest characters that are read
  /// @param keys of the outermost mapping
  /// @return null when it is no such mapping, which is noted
  public static @Nullable Section read(
      String text, int longest, List<String> keys, MistakeList mistakes) {
    if (text.length() > longest) {
      refuse(mistakes, null, text.length() + " characters", "at most " + longest);
      return null;
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(longest);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        String expected = "a mapping with the keys " + String.join(", ", keys);
        refuse(mistakes, null, "an empty file", expected);
        return null;
      }
      return Section.of(root, "", keys, mistakes);
    } catch (MarkedYAMLException e) {
      String found = e.getProblem() == null ? "broken YAML" : e.getProblem();
      refuse(mistakes, e.getProblemMark(), found, "YAML");
      return null;
    } catch (RuntimeException e) {
      // Not only YAMLException: the scanner also trips over odd input with exceptions of the JDK.
      refuse(mistakes, null, "text that is no YAML (" + firstLine(e) + ")", "YAML");
      return null;
    }
  }

  private static String firstLine(RuntimeException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private static void refuse(
      MistakeList mistakes, @Nullable Mark mark, String found, String expected) {
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1;
    mistakes.add(new Mistake(line, column, "", found, expected));
  }
}
