package dev.naru.booking.site;

import dev.naru.booking.site.SiteMapping.Field;
import dev.naru.booking.site.SiteMapping.KeyPart;
import dev.naru.common.text.LocalText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a row of a list has to be like, and the site it becomes.
final class RowRules {
  /// What becomes of a row.
  sealed interface Row {}

  /// It is a site.
  record Good(ListedSite site) implements Row {}

  /// It is refused.
  ///
  /// @param reason all that is wrong with it
  record Bad(LocalText reason) implements Row {}

  /// It shows that the whole file was damaged.
  record Damaged() implements Row {}

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_KIND = 40;
  private static final int LONGEST_ADDRESS = 300;
  private static final int LONGEST_PHONE = 40;

  /// Name and address fit; an index entry of PostgreSQL holds 2,700 bytes.
  private static final int LONGEST_KEY = 500;

  /// The country with its islands: a point outside was typed wrong or has its numbers swapped.
  private static final Point SOUTH_WEST = new Point(32.5, 124.0);

  private static final Point NORTH_EAST = new Point(39.0, 132.5);

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern PHONE = Pattern.compile("[0-9+(][0-9 ()+~,./*#-]*");

  private final SiteMapping mapping;
  private final Map<String, Integer> places;
  private final int columns;
  private final Regions regions;
  private final Predicate<String> hours;

  /// @param places index of each heading
  /// @param columns how many cells a row has to have
  RowRules(
      SiteMapping mapping,
      Map<String, Integer> places,
      int columns,
      Regions regions,
      Predicate<String> hours) {
    this.mapping = mapping;
    this.places = places;
    this.columns = columns;
    this.regions = regions;
    this.hours = hours;
  }

  /// Decides about one row.
  Row read(List<String> cells) {
    if (cells.size() != columns) {
      return new Bad(
          new LocalText(
              "열이 " + cells.size() + "개입니다(머리글은 " + columns + "개).",
              "It has " + cells.size() + " columns, the heading has " + columns + "."));
    }
    if (mapping.columns().values().stream()
        .anyMatch(heading -> Damage.shows(cells.get(place(heading))))) {
      return new Damaged();
    }
    return new Reading(cells).row();
  }

  private int place(String heading) {
    Integer place = places.get(heading);
    if (place == null) {
      throw new IllegalStateException("The heading was not checked: " + heading);
    }
    return place;
  }

  /// One space for any blank, none at the ends, composed letters: what differs only in these is the
  /// same text.
  static String clean(String cell) {
    return BLANK.matcher(Normalizer.normalize(cell, Normalizer.Form.NFC)).replaceAll(" ").strip();
  }

  /// Characters that do not print, or that turn the direction of writing, to make a name look like
  /// another.
  private static boolean hides(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE -> true;
                  case Character.FORMAT ->
                      (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
                  default -> false;
                });
  }

  /// The reading of one row, gathering everything that is wrong with it.
  private final class Reading {
    private final List<String> cells;
    private final List<LocalText> wrong = new ArrayList<>();

    private Reading(List<String> cells) {
      this.cells = cells;
    }

    Row row() {
      String name = needed(Field.NAME, LONGEST_NAME);
      String kind = needed(Field.KIND, LONGEST_KIND);
      String address = needed(Field.ADDRESS, LONGEST_ADDRESS);
      String phone = phone();
      District district = district(address);
      Point point = point();
      String open = hours(kind);
      String key =
          wrong.isEmpty() && district != null ? key(name, kind, address, phone, district) : "";
      if (!wrong.isEmpty() || district == null) {
        return new Bad(
            new LocalText(
                wrong.stream().map(LocalText::ko).collect(Collectors.joining(" ")),
                wrong.stream().map(LocalText::en).collect(Collectors.joining(" "))));
      }
      return new Good(
          new ListedSite(
              mapping.source(), key, name, kind, address, phone, district.code(), point, open));
    }

    private String text(Field field) {
      String heading = mapping.columns().get(field);
      String cell = heading == null ? "" : clean(cells.get(place(heading)));
      String constant = mapping.constants().getOrDefault(field, "");
      String text = cell.isEmpty() ? constant : cell;
      Map<String, String> becomes = mapping.values().getOrDefault(field, Map.of());
      return becomes.getOrDefault(text, text);
    }

    private String needed(Field field, int longest) {
      String text = text(field);
      if (text.isEmpty()) {
        refuse(field, "비어 있습니다.", "is empty.");
      }
      check(field, text, longest);
      return text;
    }

    private void check(Field field, String text, int longest) {
      if (text.length() > longest) {
        refuse(field, longest + "자보다 깁니다.", "is longer than " + longest + " characters.");
      } else if (hides(text)) {
        refuse(field, "보이지 않는 문자가 있습니다.", "has characters that do not show.");
      }
    }

    private @Nullable String phone() {
      String text = text(Field.PHONE);
      if (text.isEmpty()) {
        return null;
      }
      if (text.length() > LONGEST_PHONE || !PHONE.matcher(text).matches()) {
        refuse(Field.PHONE, "전화번호가 아닙니다.", "is not a phone number.");
      }
      return text;
    }

    private @Nullable District district(String address) {
      String province = text(Field.PROVINCE);
      String name = text(Field.DISTRICT);
      Optional<District> found =
          name.isEmpty()
              ? regions
                  .inAddress(province + " " + address)
                  .or(() -> regions.find(province, address))
              : regions.find(province, name);
      if (found.isEmpty()) {
        String shown = (province + " " + (name.isEmpty() ? address : name)).strip();
        int length =
            shown.offsetByCodePoints(0, Math.min(40, shown.codePointCount(0, shown.length())));
        String cut = shown.substring(0, length);
        refuse(
            Field.DISTRICT,
            "‘" + cut + "’에 해당하는 시군구가 없습니다.",
            "names no known district: '" + cut + "'.");
        return null;
      }
      return regions.refined(found.get(), address);
    }

    private @Nullable Point point() {
      String lat = text(Field.LAT);
      String lng = text(Field.LNG);
      if (lat.isEmpty() && lng.isEmpty()) {
        return null;
      }
      Point point = new Point(degrees(lat), degrees(lng));
      boolean inside =
          point.lat() >= SOUTH_WEST.lat()
              && point.lat() <= NORTH_EAST.lat()
              && point.lng() >= SOUTH_WEST.lng()
              && point.lng() <= NORTH_EAST.lng();
      if (!inside) {
        refuse(
            Field.LAT,
            "위도 32.5~39, 경도 124~132.5의 숫자여야 합니다.",
            "and lng must be numbers of 32.5 to 39 and 124 to 132.5 degrees.");
      }
      return point;
    }

    /// @return NaN, which is inside nothing, when it is not a plain decimal number
    private static double degrees(String text) {
      return text.matches("[0-9]{1,3}(\\.[0-9]{1,17})?") ? Double.parseDouble(text) : Double.NaN;
    }

    private String hours(String kind) {
      String listed = text(Field.HOURS);
      Map<String, String> byKind = mapping.hoursByKind();
      String text =
          listed.isEmpty() ? byKind.getOrDefault(kind, byKind.getOrDefault("default", "")) : listed;
      if (!hours.test(text)) {
        refuse(
            Field.HOURS,
            "진료 시간이 아닙니다(예: Mo-Fr 09:00-18:00; Sa 09:00-13:00).",
            "is not like 'Mo-Fr 09:00-18:00; Sa 09:00-13:00'.");
      }
      return text;
    }

    /// The region in a key is the city and not its ward, because some lists name only the city.
    private String key(
        String name, String kind, String address, @Nullable String phone, District district) {
      List<String> parts = new ArrayList<>();
      for (String part : mapping.key()) {
        parts.add(
            KeyPart.of(part)
                .map(
                    field ->
                        switch (field) {
                          case REGION ->
                              Objects.requireNonNullElse(district.city(), district.code());
                          case NAME -> name;
                          case KIND -> kind;
                          case ADDRESS -> address;
                          case PHONE -> Objects.requireNonNullElse(phone, "");
                        })
                .orElseGet(() -> clean(cells.get(place(part)))));
      }
      String key = String.join(" | ", parts);
      if (parts.stream().allMatch(String::isEmpty) || key.length() > LONGEST_KEY || hides(key)) {
        String columnsOfKey = String.join(", ", mapping.key());
        wrong.add(
            new LocalText(
                "행을 구별하는 값(" + columnsOfKey + ")이 비었거나 너무 깁니다.",
                "What tells the rows apart (" + columnsOfKey + ") is empty or too long."));
      }
      return key;
    }

    private void refuse(Field field, String ko, String en) {
      String heading = mapping.columns().getOrDefault(field, field.word());
      wrong.add(
          new LocalText("‘" + heading + "’: " + ko, field.word() + " (" + heading + ") " + en));
    }
  }
}
