package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.util.Collection;

/// Why a list is refused as a whole, in sentences. Nothing of it was imported then.
final class FileRefusals {
  static final LocalText BINARY =
      text(
          "이 파일에는 글자가 아닌 값(NUL)이 있습니다. CSV나 TSV로 저장한 파일을 가져오세요.",
          "This file contains NUL, which no text has. Save the list as CSV or TSV and import"
              + " that.");
  static final LocalText ENCODING =
      text(
          "이 파일은 UTF-8도 CP949도 아닙니다. 둘 중 하나로 저장해 다시 가져오세요.",
          "This file is neither UTF-8 nor CP949. Save it in one of the two and import that.");
  static final LocalText UTF_16 =
      text(
          "이 파일은 UTF-16입니다. UTF-8로 저장해 다시 가져오세요(엑셀: ‘CSV UTF-8’).",
          "This file is UTF-16. Save it as UTF-8 (Excel: 'CSV UTF-8') and import that.");
  static final LocalText WORKBOOK =
      text(
          "이 파일은 엑셀 통합 문서나 압축 파일입니다. ‘CSV UTF-8’로 저장해 다시 가져오세요.",
          "This file is an Excel workbook or an archive. Save the list as 'CSV UTF-8' and import"
              + " that.");
  static final LocalText MISSING =
      text(
          "이 파일을 읽을 수 없습니다. 경로와 권한을 확인하세요.",
          "This file cannot be read. Check path and permissions.");
  static final LocalText EMPTY =
      text("이 파일에는 머리글 줄이 없습니다.", "This file has no heading line; it is empty.");

  private FileRefusals() {}

  static LocalText tooLarge(long limit) {
    return text(
        "이 파일은 너무 큽니다(한도 " + limit + "MB). 나누어 가져오세요.",
        "This file is larger than " + limit + " MB. Import it in parts.");
  }

  static LocalText tooManyRows(int limit) {
    return text(
        "이 파일은 행이 너무 많습니다(한도 " + limit + "). 나누어 가져오세요.",
        "This file has more than " + limit + " rows. Import it in parts.");
  }

  static LocalText malformed(long line) {
    return text(
        line + "번째 줄 근처의 형식이 잘못되었습니다(닫히지 않은 따옴표, 너무 많은 열 또는 너무 긴 값).",
        "The format is wrong near line "
            + line
            + ": a quote that is not closed or stands in the middle, too many columns, or a value"
            + " that is too long.");
  }

  static LocalText headings(Collection<String> missing, Collection<String> found) {
    return text(
        "머리글에 필요한 열이 없습니다: " + listed(missing) + ". 있는 열: " + listed(found),
        "The heading line lacks " + listed(missing) + ". It has " + listed(found) + ".");
  }

  static LocalText headingTwice(String heading) {
    return text(
        "머리글에 ‘" + heading + "’ 열이 두 번 있습니다.",
        "The heading '" + heading + "' stands there twice, so it is not clear which is meant.");
  }

  static LocalText unknownList(Collection<String> found) {
    return text(
        "알려진 목록이 아닙니다. --mapping으로 어느 열이 무엇인지 알려 주세요. 있는 열: " + listed(found),
        "This is not a list whose columns are known. Say with --mapping which column is what."
            + " It has "
            + listed(found)
            + ".");
  }

  static LocalText noRefusalFile(String file) {
    return text(
        "거부된 행을 적을 파일 " + file + "을(를) 쓸 수 없어 아무것도 가져오지 않았습니다.",
        "The file for the refused rows, " + file + ", cannot be written, so nothing was imported.");
  }

  /// A heading line may be anything; only its beginning is shown.
  private static String listed(Collection<String> headings) {
    String all = String.join(", ", headings).replaceAll("\\p{Cntrl}", " ");
    return all.length() <= 300 ? all : all.substring(0, 300) + "…";
  }

  private static LocalText text(String ko, String en) {
    return new LocalText(ko, en);
  }
}
