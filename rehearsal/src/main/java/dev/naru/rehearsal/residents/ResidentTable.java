package dev.naru.rehearsal.residents;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the table of residents by single year of age that Korea's Ministry of the Interior and
/// Safety publishes each month (jumin.mois.go.kr): CSV in CP949 or UTF-8, thousands commas in
/// quotes, one row for each province, city, ward and neighbourhood, each with a code in brackets.
///
/// The rows of provinces, cities and wards are sums of rows below them. Only rows with nothing
/// below count, and every sum has to come out, so that nobody is counted twice or lost.
public final class ResidentTable {
  private static final Charset CP949 = Charset.forName("MS949");
  private static final Pattern PLACE = Pattern.compile("(.+?)\\s*\\((\\d{10})\\)");
  private static final Pattern HEADING = Pattern.compile("(\\d{4})년(\\d{1,2})월_계_(.+)");
  private static final Pattern AGE = Pattern.compile("(\\d{1,3})세( 이상)?");

  /// Name, total, total of the ages; then the ages.
  private static final int FIRST_AGE = 3;

  private static final int DISTRICT_DIGITS = 5;
  private static final int CODE_DIGITS = 10;

  private record Row(String code, String name, long total, List<Integer> byAge) {
    /// The code without the zeros at its end: what the codes of its parts begin with.
    String stem() {
      return code.replaceAll("0+$", "");
    }
  }

  private ResidentTable() {}

  /// Reads a table.
  ///
  /// @throws IllegalArgumentException with a sentence for people when it is none, or when its sums
  ///   do not come out
  public static Residents read(byte[] file) {
    List<CsvRecord> records = records(decode(file));
    if (records.size() < 2) {
      throw refused(1, "no rows", "a heading and a row for each place");
    }
    LocalDate asOf = heading(records.getFirst());
    List<Row> rows = new ArrayList<>();
    for (CsvRecord each : records.subList(1, records.size())) {
      rows.add(row(each, records.getFirst().getFieldCount()));
    }
    return new Residents(asOf, districts(rows));
  }

  private static String decode(byte[] file) {
    String text =
        decode(file, StandardCharsets.UTF_8)
            .or(() -> decode(file, CP949))
            .orElseThrow(
                () ->
                    refused(
                        1,
                        "bytes that are neither UTF-8 nor CP949",
                        "the table as it was downloaded"));
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Optional<String> decode(byte[] file, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static List<CsvRecord> records(String text) {
    try {
      return CsvReader.builder().ofCsvRecord(text).stream().toList();
    } catch (CsvParseException e) {
      throw new IllegalArgumentException("the table of residents is no CSV: " + e.getMessage(), e);
    }
  }

  private static LocalDate heading(CsvRecord heading) {
    @Nullable YearMonth month = null;
    for (int field = 1; field < heading.getFieldCount(); field++) {
      Matcher matcher = HEADING.matcher(heading.getField(field));
      if (!matcher.matches()) {
        throw refused(1, heading.getField(field), "a heading such as 2021년10월_계_0세");
      }
      month = month(matcher);
      Matcher age = AGE.matcher(matcher.group(3));
      if (field >= FIRST_AGE
          && !(age.matches() && Integer.parseInt(age.group(1)) == field - FIRST_AGE)) {
        throw refused(1, matcher.group(3), (field - FIRST_AGE) + "세: single years of age");
      }
    }
    if (month == null || heading.getFieldCount() <= FIRST_AGE) {
      throw refused(1, "no ages", "single years of age, 계 (both sexes together)");
    }
    return month.atEndOfMonth();
  }

  private static YearMonth month(Matcher heading) {
    int month = Integer.parseInt(heading.group(2));
    if (month < 1 || month > 12) {
      throw refused(1, heading.group(), "a month");
    }
    return YearMonth.of(Integer.parseInt(heading.group(1)), month);
  }

  private static Row row(CsvRecord each, int fields) {
    long line = each.getStartingLineNumber();
    Matcher place = PLACE.matcher(each.getField(0).strip());
    if (each.getFieldCount() != fields || !place.matches()) {
      throw refused(
          line, each.getField(0), "a place with a code of ten digits and " + fields + " fields");
    }
    List<Integer> byAge = new ArrayList<>(fields - FIRST_AGE);
    for (int field = FIRST_AGE; field < fields; field++) {
      byAge.add(number(line, each.getField(field)));
    }
    long total = number(line, each.getField(1));
    if (byAge.stream().mapToLong(Integer::longValue).sum() != total) {
      throw refused(line, "ages that do not add up to " + total, "the sum of all ages");
    }
    String name = place.group(1).replaceAll("\\s+", " ");
    return new Row(place.group(2), name, total, byAge);
  }

  private static int number(long line, String field) {
    String digits = field.replace(",", "").strip();
    if (digits.isEmpty()
        || digits.length() > 9
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw refused(line, field, "a number of people");
    }
    return Integer.parseInt(digits);
  }

  private static List<Residents.District> districts(List<Row> rows) {
    Map<String, Long> below = sumsBelow(rows);
    Map<String, int[]> counted = new LinkedHashMap<>();
    for (Row row : rows) {
      Long sum = below.get(row.code());
      if (sum == null) {
        add(counted, row);
      } else if (sum != row.total()) {
        throw new IllegalArgumentException(
            "the table of residents does not add up: %s has %,d people, its parts %,d"
                .formatted(row.name(), row.total(), sum));
      }
    }
    Map<String, String> names = districtNames(rows);
    List<Residents.District> districts = new ArrayList<>();
    counted.forEach(
        (code, people) -> {
          if (Arrays.stream(people).anyMatch(n -> n > 0)) {
            districts.add(
                new Residents.District(
                    code, names.getOrDefault(code, code), Arrays.stream(people).boxed().toList()));
          }
        });
    return districts;
  }

  /// By code of the row above, how many people the rows right below it have.
  private static Map<String, Long> sumsBelow(List<Row> rows) {
    Map<String, List<Row>> byName = new HashMap<>();
    Set<String> codes = new HashSet<>();
    for (Row row : rows) {
      byName.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(row);
      if (!codes.add(row.code())) {
        throw new IllegalArgumentException(
            "the table of residents has the code " + row.code() + " twice");
      }
    }
    Map<String, Long> below = new HashMap<>();
    for (Row row : rows) {
      above(row, byName).ifPresent(above -> below.merge(above.code(), row.total(), Long::sum));
    }
    return below;
  }

  /// The row that a row is part of. Name and code must both say so: 세종 is a province and a district
  /// of the same name, and codes alone would make 안성 (4155) a part of 이천 (4150).
  private static Optional<Row> above(Row row, Map<String, List<Row>> byName) {
    List<Row> candidates = new ArrayList<>();
    int end = row.name().length();
    while (end > 0) {
      candidates.addAll(byName.getOrDefault(row.name().substring(0, end), List.of()));
      end = row.name().lastIndexOf(' ', end - 1);
    }
    return candidates.stream()
        .filter(other -> !other.code().equals(row.code()) && row.code().startsWith(other.stem()))
        .filter(other -> other.stem().length() < row.stem().length())
        .max(Comparator.comparingInt(other -> other.stem().length()));
  }

  private static void add(Map<String, int[]> counted, Row row) {
    int[] people =
        counted.computeIfAbsent(
            row.code().substring(0, DISTRICT_DIGITS), code -> new int[row.byAge().size()]);
    for (int age = 0; age < people.length; age++) {
      people[age] += row.byAge().get(age);
    }
  }

  /// The name of a district is that of its own row; of a neighbourhood alone, its own.
  private static Map<String, String> districtNames(List<Row> rows) {
    Map<String, String> names = new HashMap<>();
    for (Row row : rows) {
      String code = row.code().substring(0, DISTRICT_DIGITS);
      boolean own = row.code().endsWith("0".repeat(CODE_DIGITS - DISTRICT_DIGITS));
      if (own) {
        names.put(code, row.name());
      } else {
        names.putIfAbsent(code, row.name());
      }
    }
    return names;
  }

  private static IllegalArgumentException refused(long line, String found, String expected) {
    String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
    return new IllegalArgumentException(
        "the table of residents, line %d: found “%s”, expected %s"
            .formatted(line, shown, expected));
  }
}
