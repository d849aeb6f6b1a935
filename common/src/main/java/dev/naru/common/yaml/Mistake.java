package dev.naru.common.yaml;

/// One mistake in a YAML file, for the person who wrote it.
///
/// @param line from 1
/// @param column from 1
/// @param field where in the file, such as `products[0].doses`
/// @param found what stands there
/// @param expected what would be right
public record Mistake(int line, int column, String field, String found, String expected) {
  /// The mistake as a sentence.
  public String text() {
    return "line %d, column %d: %s: found %s, expected %s"
        .formatted(line, column, field.isEmpty() ? "the file" : field, found, expected);
  }
}
