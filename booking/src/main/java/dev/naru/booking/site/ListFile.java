package dev.naru.booking.site;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.naru.common.text.LocalText;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// A list read row by row: RFC 4180 with comma, tab or semicolon, whichever the heading line has
/// most of. Memory does not grow with the file.
public final class ListFile implements Closeable {
  /// The ministry's list has 9 columns, wide ones some dozens.
  private static final int MOST_COLUMNS = 200;

  /// No field of a site is longer than some hundred characters; a quote never closed is.
  private static final int LONGEST_CELL = 10_000;

  private static final int LONGEST_ROW = 100_000;

  /// The byte order mark of UTF-8 in a file of which the bytes are taken as they are.
  private static final String MARK_IN_LATIN_1 = "\u00EF\u00BB\u00BF";

  /// What a step through the list comes to.
  public sealed interface Step {}

  /// A row.
  ///
  /// @param line in which it begins, from 1
  public record Row(long line, List<String> cells) implements Step {}

  /// The format is wrong, and so is everything behind it.
  public record Broken(LocalText reason) implements Step {}

  /// No more rows.
  public record End() implements Step {}

  private final Counter bytes;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final char delimiter;
  private long line;

  private ListFile(Counter bytes, BufferedReader text) throws IOException {
    this.bytes = bytes;
    this.delimiter = delimiter(text);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .build(
                CsvRecordHandler.of(
                    limits ->
                        limits
                            .maxFields(MOST_COLUMNS)
                            .maxFieldSize(LONGEST_CELL)
                            .maxRecordSize(LONGEST_ROW)),
                text);
    this.records = reader.iterator();
  }

  /// Opens a list whose encoding is known.
  public static ListFile open(Path file, Charset charset) throws IOException {
    Counter bytes = new Counter(Files.newInputStream(file));
    BufferedReader text =
        new BufferedReader(
            TextEncoding.reader(new BufferedInputStream(bytes, 64 * 1024), charset), LONGEST_ROW);
    skipByteOrderMark(text);
    return new ListFile(bytes, text);
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    for (String mark : List.of("\uFEFF", MARK_IN_LATIN_1)) {
      text.mark(mark.length());
      for (int i = 0; i < mark.length(); i++) {
        if (text.read() != mark.charAt(i)) {
          text.reset();
          break;
        }
      }
    }
  }

  private static char delimiter(BufferedReader text) throws IOException {
    text.mark(LONGEST_ROW);
    int[] count = new int[3];
    boolean quoted = false;
    for (int i = 0; i < LONGEST_ROW; i++) {
      int c = text.read();
      if (c < 0 || (!quoted && (c == '\n' || c == '\r') && i > 0)) {
        break;
      }
      quoted ^= c == '"';
      int which = quoted ? -1 : ",\t;".indexOf(c);
      if (which >= 0) {
        count[which]++;
      }
    }
    text.reset();
    if (count[1] > count[0] && count[1] >= count[2]) {
      return '\t';
    }
    return count[2] > count[0] ? ';' : ',';
  }

  /// Comma, tab or semicolon.
  char delimiter() {
    return delimiter;
  }

  /// How far into the file the reading is.
  public long bytes() {
    return bytes.count;
  }

  /// The next row; the first is the heading.
  public Step next() {
    try {
      if (!records.hasNext()) {
        return new End();
      }
      CsvRecord row = records.next();
      line = row.getStartingLineNumber();
      return new Row(line, row.getFields());
    } catch (CsvParseException e) {
      return new Broken(FileRefusals.malformed(line + 1));
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Counter extends FilterInputStream {
    private long count;

    private Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int n = super.read(target, from, length);
      count += Math.max(0, n);
      return n;
    }
  }
}
