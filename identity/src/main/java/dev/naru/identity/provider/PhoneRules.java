package dev.naru.identity.provider;

import java.util.regex.Pattern;

/// Telephone numbers, each written in one way however it was typed: who is known by their number
/// must not be several people.
public final class PhoneRules {
  /// Behind the country's number, where some leave the 0 in that is dialled at home.
  private static final Pattern WITH_COUNTRY = Pattern.compile("^(?:00)?820?([1-9][0-9]{7,10})$");

  private static final Pattern AT_HOME = Pattern.compile("0[1-9][0-9]{7,10}");

  private PhoneRules() {}

  /// Digits as dialled at home: `+82 10-1234-5678`, `00821012345678` and `821012345678` are
  /// 01012345678.
  ///
  /// @return the digits as they came when it is no number of this country
  public static String atHome(String number) {
    String digits = number.replaceAll("[^0-9]", "");
    return WITH_COUNTRY.matcher(digits).replaceFirst("0$1");
  }

  /// Whether digits are a number of this country, as dialled at home.
  public static boolean isAtHome(String digits) {
    return AT_HOME.matcher(digits).matches();
  }
}
