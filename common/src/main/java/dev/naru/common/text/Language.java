package dev.naru.common.text;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages Naru speaks to people.
public enum Language {
  KO,
  EN;

  /// The best match for an Accept-Language header; Korean when the header is absent, unreadable or
  /// names neither language.
  public static Language preferred(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > 200) {
      return KO;
    }
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(acceptLanguage);
      for (Locale.LanguageRange range : ranges) {
        String tag = range.getRange();
        if (tag.startsWith("ko")) {
          return KO;
        }
        if (tag.startsWith("en")) {
          return EN;
        }
      }
      return KO;
    } catch (IllegalArgumentException e) {
      return KO;
    }
  }
}
