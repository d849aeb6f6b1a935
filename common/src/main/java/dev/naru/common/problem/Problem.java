package dev.naru.common.problem;

import dev.naru.common.text.LocalText;
import java.util.LinkedHashMap;
import java.util.Map;

/// An error for people and programs, RFC 9457. What happened, what it means and what to do stand in
/// `detail`; programs read `code` and the extra fields.
///
/// @param code the stable end of the type URN: `slot-full` becomes `urn:naru:slot-full`
/// @param status HTTP status, 400 to 599
/// @param title a few words
/// @param detail sentences for the person who reads it
/// @param fields additional members of the JSON object, in order; values Jackson can write
public record Problem(
    String code, int status, LocalText title, LocalText detail, Map<String, Object> fields) {

  /// A problem without fields of its own.
  public Problem(String code, int status, LocalText title, LocalText detail) {
    this(code, status, title, detail, Map.of());
  }

  /// The same problem with one more field.
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Problem(code, status, title, detail, more);
  }

  /// The RFC 9457 type.
  public String type() {
    return "urn:naru:" + code;
  }
}
