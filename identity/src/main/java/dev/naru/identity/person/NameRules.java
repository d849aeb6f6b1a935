package dev.naru.identity.person;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Hides the inner letters of a name.
final class NameRules {
  private NameRules() {}

  /// Of each word the first letter and, from three letters on, the last stay; a lone letter goes.
  static String masked(String name) {
    return Arrays.stream(name.strip().split("\\s+", -1))
        .map(NameRules::maskedWord)
        .collect(Collectors.joining(" "));
  }

  private static String maskedWord(String word) {
    int[] letters = word.codePoints().toArray();
    if (letters.length <= 1) {
      return "*";
    }
    String first = Character.toString(letters[0]);
    if (letters.length == 2) {
      return first + "*";
    }
    return first + "*".repeat(letters.length - 2) + Character.toString(letters[letters.length - 1]);
  }
}
