package dev.naru.booking.site;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which columns of a list become which fields of a site.
///
/// @param source name of the list; part of every site's identity
/// @param columns heading of the column that a field is read from
/// @param constants value of a field that has no column, or whose cell is empty
/// @param values for a field: what is written in the list, and what it becomes
/// @param hoursByKind opening hours of a kind of site whose own are not listed
/// @param key fields or headings that tell the rows of the list apart
/// @param required further headings the list must have
public record SiteMapping(
    String source,
    Map<Field, String> columns,
    Map<Field, String> constants,
    Map<Field, Map<String, String>> values,
    Map<String, String> hoursByKind,
    List<String> key,
    List<String> required) {

  /// A field of a site that a list may have.
  public enum Field {
    NAME,
    KIND,
    ADDRESS,
    PHONE,
    PROVINCE,
    DISTRICT,
    HOURS,
    LAT,
    LNG;

    /// As it is written in a mapping: `name`, `lat`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Copies, so that nobody else can change it.
  public SiteMapping {
    columns = copy(columns);
    constants = copy(constants);
    values = copy(values);
    hoursByKind = Map.copyOf(hoursByKind);
    key = List.copyOf(key);
    required = List.copyOf(required);
  }

  private static <T> Map<Field, T> copy(Map<Field, T> map) {
    Map<Field, T> copy = new EnumMap<>(Field.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /// The headings without which the list cannot be read.
  Set<String> headings() {
    Set<String> headings = new TreeSet<>(columns.values());
    headings.addAll(required);
    key.stream().filter(part -> KeyPart.of(part).isEmpty()).forEach(headings::add);
    return headings;
  }

  /// The words in a key that mean a field of the site; every other word is a heading.
  enum KeyPart {
    REGION,
    NAME,
    KIND,
    ADDRESS,
    PHONE;

    static Optional<KeyPart> of(String part) {
      return Arrays.stream(values())
          .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(part))
          .findFirst();
    }
  }
}
