package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lines of `regions.tsv`, in their order.
///
/// @param provinces by code
/// @param districts by code
/// @param formerNames by code of the district of today; "47:군위군" lay in province 47
record RegionTable(
    Map<String, Province> provinces,
    Map<String, District> districts,
    Map<String, List<String>> formerNames) {

  static RegionTable read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RegionTable.class.getResourceAsStream("regions.tsv")),
                StandardCharsets.UTF_8))) {
      List<String[]> rows =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .skip(1)
              .map(line -> line.split("\t", -1))
              .toList();
      return of(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RegionTable of(List<String[]> rows) {
    Map<String, Province> provinces = new LinkedHashMap<>();
    Map<String, District> districts = new LinkedHashMap<>();
    Map<String, List<String>> formerNames = new LinkedHashMap<>();
    for (String[] row : rows) {
      LocalText name = new LocalText(row[1], row[2]);
      Point centre = new Point(Double.parseDouble(row[3]), Double.parseDouble(row[4]));
      int population = Integer.parseInt(row[5]);
      List<String> others = row[6].isEmpty() ? List.of() : List.of(row[6].split("\\|"));
      if (row[0].length() == 2) {
        provinces.put(row[0], new Province(row[0], name, others, centre, population));
      } else {
        String province = row[0].substring(0, 2);
        String city = cityOf(row, rows);
        boolean divided = rows.stream().anyMatch(other -> row[0].equals(cityOf(other, rows)));
        districts.put(
            row[0], new District(row[0], name, province, city, divided, centre, population));
        formerNames.put(row[0], others);
      }
    }
    return new RegionTable(provinces, districts, formerNames);
  }

  private static @Nullable String cityOf(String[] row, List<String[]> rows) {
    int space = row[1].indexOf(' ');
    if (space < 0) {
      return null;
    }
    String province = row[0].substring(0, 2);
    String city = row[1].substring(0, space);
    return rows.stream()
        .filter(other -> other[0].startsWith(province) && other[1].equals(city))
        .map(other -> other[0])
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No city above " + row[1]));
  }
}
