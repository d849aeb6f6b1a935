package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds out how a text file is encoded. Every byte is decoded strictly: a file that is not wholly
/// right in an encoding is not in that encoding.
sealed interface TextEncoding {
  /// CP949 as Windows writes it.
  Charset CP949 = Charset.forName("x-windows-949");

  /// The whole file decodes.
  ///
  /// @param charset UTF-8 (also for plain ASCII) or CP949
  record Known(Charset charset) implements TextEncoding {
    /// As people call it.
    String label() {
      return charset.equals(StandardCharsets.UTF_8) ? "UTF-8" : "CP949";
    }
  }

  /// The file cannot be read as text.
  record Unreadable(LocalText reason) implements TextEncoding {}

  /// Reads the whole file once.
  static TextEncoding of(Path file) throws IOException {
    LocalText foreign = foreign(file);
    if (foreign != null) {
      return new Unreadable(foreign);
    }
    return switch (scan(file, StandardCharsets.UTF_8)) {
      case RIGHT -> new Known(StandardCharsets.UTF_8);
      case REPLACED -> new Unreadable(Damage.REFUSAL);
      case CONTROLS -> new Unreadable(FileRefusals.BINARY);
      case WRONG ->
          switch (scan(file, CP949)) {
            case RIGHT -> new Known(CP949);
            case REPLACED -> new Unreadable(Damage.REFUSAL);
            case CONTROLS -> new Unreadable(FileRefusals.BINARY);
            case WRONG -> new Unreadable(FileRefusals.ENCODING);
          };
    };
  }

  /// Decodes strictly.
  static Reader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static @Nullable LocalText foreign(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    if (begins(head, 0xFF, 0xFE) || begins(head, 0xFE, 0xFF)) {
      return FileRefusals.UTF_16;
    }
    if (begins(head, 'P', 'K', 3, 4) || begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      return FileRefusals.WORKBOOK;
    }
    return null;
  }

  private static boolean begins(byte[] head, int... bytes) {
    byte[] start = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      start[i] = (byte) bytes[i];
    }
    return head.length >= start.length
        && Arrays.equals(head, 0, start.length, start, 0, start.length);
  }

  /// What a strict decoding meets: nothing wrong, a replacement character, a NUL, or bytes that the
  /// encoding does not have.
  enum Scan {
    RIGHT,
    REPLACED,
    CONTROLS,
    WRONG
  }

  private static Scan scan(Path file, Charset charset) throws IOException {
    Scan result = Scan.RIGHT;
    char[] buffer = new char[64 * 1024];
    try (Reader reader = reader(Files.newInputStream(file), charset)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\uFFFD') {
            result = Scan.REPLACED;
          } else if (buffer[i] == 0 && result == Scan.RIGHT) {
            result = Scan.CONTROLS;
          }
        }
      }
      return result;
    } catch (CharacterCodingException e) {
      return Scan.WRONG;
    }
  }
}
