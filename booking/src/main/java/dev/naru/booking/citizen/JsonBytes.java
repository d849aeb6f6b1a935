package dev.naru.booking.citizen;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;

/// JSON being written, as bytes: numbers and dates without a text for each. Not for several
/// threads.
final class JsonBytes {
  private static final int DATE = 10;
  private static final int TIME = 9;

  private byte[] bytes;
  private int length;

  /// @param usual how long it will probably be; longer is possible
  JsonBytes(int usual) {
    this.bytes = new byte[usual];
  }

  JsonBytes put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  JsonBytes put(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /// @param number 0 or more
  JsonBytes put(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    room(digits);
    putDigits(number, digits);
    return this;
  }

  /// A day as 2021-08-26, without quotes.
  ///
  /// @param year 0 to 9999
  JsonBytes putDate(int year, int month, int day) {
    room(DATE);
    putDigits(year, 4);
    bytes[length++] = '-';
    putDigits(month, 2);
    bytes[length++] = '-';
    putDigits(day, 2);
    return this;
  }

  /// A moment as people of a zone write it, 2021-08-26T09:00:00+09:00, without quotes.
  ///
  /// @param moment of a year from 0 to 9999; what is less than a second is left out
  JsonBytes put(OffsetDateTime moment) {
    putDate(moment.getYear(), moment.getMonthValue(), moment.getDayOfMonth());
    room(TIME);
    bytes[length++] = 'T';
    putDigits(moment.getHour(), 2);
    bytes[length++] = ':';
    putDigits(moment.getMinute(), 2);
    bytes[length++] = ':';
    putDigits(moment.getSecond(), 2);
    return put(ascii(moment.getOffset().getId()));
  }

  private void putDigits(long number, int digits) {
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /// What has to be written often, as bytes once. Campaigns' own ids have no other signs either.
  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
