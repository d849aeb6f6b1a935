package dev.naru.booking.citizen;

import java.util.Arrays;

/// JSON being written, as bytes: numbers and dates without a text for each. Not for several
/// threads.
final class JsonBytes {
  private static final int DATE = 10;

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
  JsonBytes put(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
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

  private void putDigits(int number, int digits) {
    int rest = number;
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

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
