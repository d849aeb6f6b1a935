package dev.naru.app.command;

import dev.naru.booking.site.District;
import dev.naru.booking.site.Regions;
import java.util.Map;
import java.util.stream.Collectors;

/// Where a crowd lives.
final class Homes {
  private Homes() {}

  /// Residents of October 2021 by district; a city with wards has none of its own. Sites are spread
  /// over an invented nation by the same figures.
  static Map<String, Double> living() {
    return Regions.load().districts().stream()
        .filter(district -> !district.divided())
        .collect(Collectors.toMap(District::code, district -> (double) district.population()));
  }
}
