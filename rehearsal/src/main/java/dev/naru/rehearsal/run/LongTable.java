package dev.naru.rehearsal.run;

import java.util.Arrays;

/// Keys of 128 bits, each with a number: open addressing in arrays, 20 bytes a place, because an
/// export of a nation has millions of rows.
final class LongTable {
  private static final int EMPTY = Integer.MIN_VALUE;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] high;
  private long[] low;
  private int[] values;
  private int size;

  LongTable() {
    this.high = new long[1_024];
    this.low = new long[1_024];
    this.values = new int[1_024];
    Arrays.fill(values, EMPTY);
  }

  int size() {
    return size;
  }

  /// Adds to a key's number, which begins with 0.
  ///
  /// @return the sum
  int add(long keyHigh, long keyLow, int more) {
    int at = find(keyHigh, keyLow);
    if (values[at] == EMPTY) {
      put(at, keyHigh, keyLow, more);
      return more;
    }
    values[at] += more;
    return values[at];
  }

  /// Gives a key a number.
  void set(long keyHigh, long keyLow, int value) {
    int at = find(keyHigh, keyLow);
    if (values[at] == EMPTY) {
      put(at, keyHigh, keyLow, value);
    } else {
      values[at] = value;
    }
  }

  /// The key's number.
  ///
  /// @param otherwise when the key is not there
  int get(long keyHigh, long keyLow, int otherwise) {
    int value = values[find(keyHigh, keyLow)];
    return value == EMPTY ? otherwise : value;
  }

  /// Hears of each key.
  interface Visitor {
    void visit(long high, long low, int value);
  }

  void forEach(Visitor visitor) {
    for (int at = 0; at < values.length; at++) {
      if (values[at] != EMPTY) {
        visitor.visit(high[at], low[at], values[at]);
      }
    }
  }

  private void put(int at, long keyHigh, long keyLow, int value) {
    high[at] = keyHigh;
    low[at] = keyLow;
    values[at] = value;
    if (++size > values.length / 4 * 3) {
      grow();
    }
  }

  private void grow() {
    long[] highBefore = high;
    long[] lowBefore = low;
    int[] valuesBefore = values;
    int length = valuesBefore.length * 2;
    high = new long[length];
    low = new long[length];
    values = new int[length];
    Arrays.fill(values, EMPTY);
    for (int i = 0; i < valuesBefore.length; i++) {
      if (valuesBefore[i] != EMPTY) {
        int at = find(highBefore[i], lowBefore[i]);
        high[at] = highBefore[i];
        low[at] = lowBefore[i];
        values[at] = valuesBefore[i];
      }
    }
  }

  private int find(long keyHigh, long keyLow) {
    long mixed = (keyHigh * GOLDEN ^ keyLow) * GOLDEN;
    int mask = values.length - 1;
    int at = (int) (mixed >>> 32) & mask;
    while (values[at] != EMPTY && (high[at] != keyHigh || low[at] != keyLow)) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
