package dev.naru.common.text;

/// One text in both languages of the product.
///
/// @param ko Korean
/// @param en English
public record LocalText(String ko, String en) {
  /// The text in the given language.
  public String in(Language language) {
    return switch (language) {
      case KO -> ko;
      case EN -> en;
    };
  }
}
