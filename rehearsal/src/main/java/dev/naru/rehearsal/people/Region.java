package dev.naru.rehearsal.people;

/// Where people live.
///
/// @param code district code as the searched server knows it; its first two digits are the province
/// @param weight how many people live there, in any unit, above 0
public record Region(String code, double weight) {
  private static final int PROVINCE_DIGITS = 2;

  public Region {
    if (code.isBlank() || !(weight > 0)) {
      throw new IllegalArgumentException("a region has a code and a weight above 0");
    }
  }

  /// The code of the province that a district belongs to.
  public static String provinceOf(String district) {
    return district.length() <= PROVINCE_DIGITS ? district : district.substring(0, PROVINCE_DIGITS);
  }
}
