package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The region table as the pages get it (JSON).
///
/// @param provinces in order of their codes
public record RegionsView(List<ProvinceView> provinces) {
  /// @param code two digits
  /// @param districts in order of their codes
  public record ProvinceView(String code, LocalText name, List<DistrictView> districts) {}

  /// @param code five digits
  /// @param city code of the city it is a ward of, or null
  /// @param divided whether it has wards below it
  public record DistrictView(
      String code,
      LocalText name,
      @Nullable String city,
      boolean divided,
      double lat,
      double lng) {}
}
