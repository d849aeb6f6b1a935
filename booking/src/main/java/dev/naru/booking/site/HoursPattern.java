package dev.naru.booking.site;

import java.util.regex.Pattern;

/// The shape of opening hours: "Mo-Fr 09:00-12:30,13:30-18:00; Sa 09:00-13:00".
public final class HoursPattern {
  private static final String DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)";
  private static final String DAYS = DAY + "(?:-" + DAY + ")?";
  private static final String TIME = "(?:[01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9])";
  private static final String SPAN = TIME + "-" + TIME;
  private static final String RULE = DAYS + " " + SPAN + "(?:," + SPAN + "){0,5}";
  private static final Pattern HOURS = Pattern.compile(RULE + "(?:; ?" + RULE + "){0,13}");

  private HoursPattern() {}

  /// Whether a text has the shape; it says nothing about times out of order.
  public static boolean matches(String text) {
    return text.length() <= 200 && HOURS.matcher(text).matches();
  }
}
