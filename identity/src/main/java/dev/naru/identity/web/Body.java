package dev.naru.identity.web;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object of short texts, as the calls of a check send it.
public sealed interface Body {
  /// Providers' encrypted answers are the longest, a few thousand characters.
  int LONGEST_VALUE = 8_000;

  /// The longest form has four fields.
  int MOST_FIELDS = 20;

  /// Field names are repeated in the refusal.
  int LONGEST_NAME = 50;

  /// What was sent.
  record Texts(Map<String, String> values) implements Body {
    /// The others, without one of them.
    public Map<String, String> without(String field) {
      Map<String, String> others = new LinkedHashMap<>(values);
      others.remove(field);
      return others;
    }
  }

  /// Why it cannot be read.
  record Refused(Problem problem) implements Body {}

  /// @param json null when there was no body
  /// @param required must be there
  static Body read(@Nullable Map<String, Object> json, String required) {
    Map<String, Object> object = json == null ? Map.of() : json;
    if (object.size() > MOST_FIELDS) {
      return refused("*", "항목이 너무 많습니다", "there are too many fields");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : object.entrySet()) {
      String name = field.getKey();
      if (name.length() > LONGEST_NAME) {
        return refused(
            name.substring(0, LONGEST_NAME), "알 수 없는 항목입니다", "there is no such field; remove it");
      }
      if (!(field.getValue() instanceof String text) || text.length() > LONGEST_VALUE) {
        return refused(name, "8000자 이하의 문자열이어야 합니다", "a text of at most 8000 characters");
      }
      texts.put(name, text);
    }
    if (texts.getOrDefault(required, "").isEmpty()) {
      return refused(required, "꼭 필요합니다", "it is required");
    }
    return new Texts(texts);
  }

  private static Body refused(String field, String ko, String en) {
    return new Refused(CommonProblems.malformed(field, new LocalText(ko, en)));
  }
}
