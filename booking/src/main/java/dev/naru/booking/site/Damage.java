package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Signs that a text was once decoded in the wrong encoding and saved like that. Such a text may
/// look fine to a decoder, and its Korean is gone or unreadable.
final class Damage {
  /// Why the whole file is refused, and what to do.
  static final LocalText REFUSAL =
      new LocalText(
          "이 파일은 예전에 잘못된 문자 변환으로 손상되었습니다(글자가 � 등으로 바뀌어 되돌릴 수 없습니다)."
              + " 아무것도 가져오지 않았습니다. 원본 파일을 구해 그것을 가져오세요.",
          "This file was damaged by an earlier conversion: letters were replaced (by � or the like)"
              + " and cannot be restored. Nothing was imported. Get the original file and import"
              + " that.");

  private static final Pattern FOREIGN_RUN = Pattern.compile("[^\\x00-\\x7F]{3,}");
  private static final Pattern ONLY_QUESTION_MARKS = Pattern.compile("\\?{2,}");

  private Damage() {}

  /// Whether a text is Korean that went through a wrong decoding.
  static boolean shows(String text) {
    if (text.indexOf('\uFFFD') >= 0) {
      return true;
    }
    Matcher runs = FOREIGN_RUN.matcher(text);
    while (runs.find()) {
      if (wasKorean(runs.group())) {
        return true;
      }
    }
    return false;
  }

  /// Whether a heading lost every letter to question marks.
  static boolean showsInHeading(String heading) {
    return ONLY_QUESTION_MARKS.matcher(heading).matches() || shows(heading);
  }

  /// Undoes each of the usual wrong decodings; where that gives Korean, it had happened. None of
  /// them turns the first byte of a Korean letter into a Korean letter, so right text is done at
  /// once.
  private static boolean wasKorean(String run) {
    if (isKorean(run.charAt(0))) {
      return false;
    }
    return redecodesToKorean(run, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)
        || redecodesToKorean(run, Charset.forName("windows-1252"), StandardCharsets.UTF_8)
        || redecodesToKorean(run, StandardCharsets.ISO_8859_1, TextEncoding.CP949)
        || redecodesToKorean(run, TextEncoding.CP949, StandardCharsets.UTF_8);
  }

  private static boolean redecodesToKorean(String run, Charset wrong, Charset right) {
    try {
      ByteBuffer bytes = wrong.newEncoder().encode(CharBuffer.wrap(run));
      String original =
          right
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      return original.chars().anyMatch(Damage::isKorean);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isKorean(int c) {
    return c >= 0xAC00 && c <= 0xD7A3;
  }
}
