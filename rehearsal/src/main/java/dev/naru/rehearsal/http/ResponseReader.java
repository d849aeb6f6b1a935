package dev.naru.rehearsal.http;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Understands one HTTP/1.1 response at a time from the bytes that have come so far: those of a
/// server that is asked one thing after the other, never two at once.
final class ResponseReader {
  /// More than any answer of the API; whoever sends more is not Naru.
  static final int LONGEST = 16 << 20;

  private static final int LONGEST_RETRY_SECONDS = 3_600;
  private static final byte[] LENGTH = name("content-length");
  private static final byte[] ENCODING = name("transfer-encoding");
  private static final byte[] CONNECTION = name("connection");
  private static final byte[] RETRY = name("retry-after");

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private int status;
  private int length;
  private boolean chunked;
  private boolean closes;
  private long retryMillis;

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Whether the server wants no more requests on this connection.
  boolean closes() {
    return closes;
  }

  /// How many bytes the last answer took.
  int taken() {
    return at;
  }

  /// Looks whether an answer is there.
  ///
  /// @param from all bytes since the request was sent
  /// @param count how many of them count
  /// @param ended whether the server has closed the connection
  /// @return null when more has to come
  /// @throws ProtocolException when this will never be an answer
  @Nullable Answer read(byte[] from, int count, boolean ended) throws ProtocolException {
    bytes = from;
    end = count;
    at = 0;
    do {
      if (!head()) {
        return null;
      }
    } while (status < 200);
    byte @Nullable [] body = body(ended);
    return body == null ? null : new Answer(status, body, retryMillis);
  }

  private byte @Nullable [] body(boolean ended) throws ProtocolException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (chunked) {
      return chunks();
    }
    if (length >= 0) {
      return take(length);
    }
    closes = true;
    return ended ? take(end - at) : null;
  }

  private byte @Nullable [] take(int howMany) {
    if (end - at < howMany) {
      return null;
    }
    at += howMany;
    return Arrays.copyOfRange(bytes, at - howMany, at);
  }

  private byte @Nullable [] chunks() throws ProtocolException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int line = line();
      if (line < 0) {
        return null;
      }
      int size = hex(line);
      if (size == 0) {
        return trailer() ? all.toByteArray() : null;
      }
      if (size > LONGEST - all.size()) {
        throw new ProtocolException("an answer without end");
      }
      if (end - at < size + 2) {
        return null;
      }
      all.write(bytes, at, size);
      at += size + 2;
    }
  }

  /// Lines up to an empty one.
  private boolean trailer() {
    for (int line = line(); line >= 0; line = line()) {
      if (isEmpty(line)) {
        return true;
      }
    }
    return false;
  }

  /// Reads status line and headers; false when they are not complete.
  private boolean head() throws ProtocolException {
    length = -1;
    chunked = false;
    closes = false;
    retryMillis = 0;
    int first = line();
    if (first < 0) {
      return false;
    }
    if (at - first < 14 || bytes[first] != 'H' || bytes[first + 8] != ' ') {
      throw new ProtocolException("no HTTP");
    }
    status = (int) number(first + 9, first + 12);
    for (int line = line(); line >= 0; line = line()) {
      if (isEmpty(line)) {
        return true;
      }
      header(line);
    }
    return false;
  }

  private void header(int line) throws ProtocolException {
    int colon = line;
    while (colon < at && bytes[colon] != ':') {
      colon++;
    }
    int value = colon + 1;
    while (value < at && bytes[value] == ' ') {
      value++;
    }
    if (is(LENGTH, line, colon)) {
      long said = number(value, valueEnd(value));
      if (said < 0 || said > LONGEST) {
        throw new ProtocolException("a length that nobody can want");
      }
      length = (int) said;
    } else if (is(ENCODING, line, colon)) {
      chunked = true;
    } else if (is(CONNECTION, line, colon)) {
      closes = (bytes[value] | 0x20) == 'c';
    } else if (is(RETRY, line, colon)) {
      long seconds = number(value, valueEnd(value));
      retryMillis = Math.clamp(seconds, 0, LONGEST_RETRY_SECONDS) * 1_000L;
    }
  }

  private boolean is(byte[] name, int from, int to) {
    if (to - from != name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((bytes[from + i] | 0x20) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private int valueEnd(int from) {
    int to = from;
    while (to < at && bytes[to] > ' ') {
      to++;
    }
    return to;
  }

  /// Seconds are the only form of a time that the API uses; -1 for anything but digits.
  private long number(int from, int to) {
    long number = from < to ? 0 : -1;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || number > LONGEST * 10L) {
        return -1;
      }
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  private int hex(int from) throws ProtocolException {
    int number = 0;
    int i = from;
    for (int digit = hexDigit(i); digit >= 0; digit = hexDigit(++i)) {
      if (number > LONGEST) {
        throw new ProtocolException("a chunk that nobody can want");
      }
      number = number << 4 | digit;
    }
    if (i == from) {
      throw new ProtocolException("a chunk without a size");
    }
    return number;
  }

  private int hexDigit(int index) {
    return Character.digit((char) bytes[index], 16);
  }

  /// Goes behind the next line.
  ///
  /// @return where it began; -1 when it is not complete
  private int line() {
    int from = at;
    for (int i = at; i < end; i++) {
      if (bytes[i] == '\n') {
        at = i + 1;
        return from;
      }
    }
    return -1;
  }

  private boolean isEmpty(int line) {
    return bytes[line] == '\n' || (bytes[line] == '\r' && bytes[line + 1] == '\n');
  }
}
