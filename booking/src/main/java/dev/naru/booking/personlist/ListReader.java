package dev.naru.booking.personlist;

import dev.naru.booking.personlist.ListImportResult.Line;
import dev.naru.booking.personlist.ListImportResult.Refused;
import dev.naru.booking.site.ListFile;
import dev.naru.common.person.PersonKeys;
import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Reads the file of a list line by line and keeps nothing of it but fingerprints.
final class ListReader {
  /// More than the country has people.
  private static final int MOST_ENTRIES = 60_000_000;

  /// An issuer's address and a subject, the longest that anybody is known by.
  private static final int LONGEST = 512;

  private static final int LINES_SHOWN = 20;
  private static final int LINES_PER_LOOK = 10_000;

  private final PersonKeys keys;
  private final ListKey list;
  private final String column;
  private final ListImports.Progress progress;
  private final List<Line> refused = new ArrayList<>();
  private long refusedLines;
  private long[] fingerprints = new long[1 << 16];
  private int count;

  /// @param column whose heading says by what people are known
  ListReader(PersonKeys keys, ListKey list, String column, ListImports.Progress progress) {
    this.keys = keys;
    this.list = list;
    this.column = column.toLowerCase(Locale.ROOT);
    this.progress = progress;
  }

  /// What was read.
  sealed interface Reading {
    /// @param lines that were right
    record Read(FingerprintSet people, long lines, Refused refused) implements Reading {}

    /// The file is not what it should be.
    record Wrong(LocalText reason) implements Reading {}
  }

  Reading read(Path file) throws IOException {
    // What identifies people is ASCII. In the other columns may stand anything in any encoding, so
    // bytes are taken as they are.
    try (ListFile lines = ListFile.open(file, StandardCharsets.ISO_8859_1)) {
      return switch (lines.next()) {
        case ListFile.Row(long _, List<String> heading) -> read(lines, heading);
        case ListFile.Broken(LocalText reason) -> new Reading.Wrong(reason);
        case ListFile.End _ -> noColumn();
      };
    }
  }

  private Reading noColumn() {
    return new Reading.Wrong(
        new LocalText(
            "첫 줄에 ‘" + column + "’ 열이 없습니다. 열 이름을 바꾸거나 --column 으로 지정하세요.",
            "the heading line has no column '"
                + column
                + "'; rename it, or name the right one with --column"));
  }

  private Reading read(ListFile lines, List<String> heading) {
    int index = heading.stream().map(ListReader::plain).toList().indexOf(column);
    if (index < 0) {
      return noColumn();
    }
    long looked = 0;
    while (true) {
      switch (lines.next()) {
        case ListFile.Row(long number, List<String> cells) -> take(number, cells, index);
        case ListFile.Broken(LocalText reason) -> {
          return new Reading.Wrong(reason);
        }
        case ListFile.End _ -> {
          progress.at(lines.bytes(), count);
          return new Reading.Read(people(), count, new Refused(refusedLines, refused));
        }
      }
      if (count > MOST_ENTRIES) {
        return new Reading.Wrong(
            new LocalText(
                "줄이 너무 많습니다. 6천만 줄까지 등록할 수 있습니다.",
                "there are too many lines; a list has up to 60,000,000"));
      }
      if (++looked % LINES_PER_LOOK == 0) {
        progress.at(lines.bytes(), count);
      }
    }
  }

  private static String plain(String heading) {
    return heading.strip().toLowerCase(Locale.ROOT);
  }

  private void take(long number, List<String> cells, int index) {
    String known = index < cells.size() ? cells.get(index) : "";
    if (known.isBlank()) {
      refuse(number, "비어 있습니다", "it is empty");
    } else if (known.length() > LONGEST) {
      refuse(number, LONGEST + "자보다 깁니다", "it is longer than " + LONGEST + " characters");
    } else if (!isPlain(known)) {
      refuse(
          number,
          "앞뒤에 공백이 있거나 ASCII가 아닌 문자가 있습니다",
          "it begins or ends with a space, or has characters that are not ASCII");
    } else {
      add(list.fingerprint(keys.of(known)));
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
  }

  private void refuse(long number, String ko, String en) {
    refusedLines++;
    if (refused.size() < LINES_SHOWN) {
      refused.add(new Line(number, new LocalText("‘" + column + "’ 열: " + ko, column + ": " + en)));
    }
  }

  private void add(long fingerprint) {
    if (count == fingerprints.length) {
      fingerprints = Arrays.copyOf(fingerprints, count * 2);
    }
    fingerprints[count++] = fingerprint;
  }

  private FingerprintSet people() {
    Arrays.parallelSort(fingerprints, 0, count);
    int different = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || fingerprints[i] != fingerprints[i - 1]) {
        fingerprints[different++] = fingerprints[i];
      }
    }
    return new FingerprintSet(Arrays.copyOf(fingerprints, different));
  }
}
