package dev.naru.booking.site;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.naru.booking.site.ImportResult.Refusals;
import dev.naru.booking.site.ImportResult.RowRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The CSV of refused rows beside the list, made for a spreadsheet: UTF-8 with a byte order mark,
/// and no cell that a spreadsheet would run as a formula.
final class RefusalFile implements AutoCloseable {
  /// Enough to see what is wrong on one screen; the file has the rest.
  private static final int SHOWN = 10;

  private final Path path;
  private final List<String> heading;
  private final List<RowRefusal> first = new ArrayList<>();
  private @Nullable CsvWriter writer;
  private int count;

  /// An earlier file of the same name is removed, so that it is never taken for this import's.
  RefusalFile(Path list, List<String> heading) {
    this.path = list.resolveSibling(list.getFileName() + ".refused.csv");
    this.heading = heading;
    discard();
  }

  /// The file cannot be written.
  static final class NotWritable extends RuntimeException {
    private final String file;

    private NotWritable(Path file, Exception cause) {
      super("Cannot write " + file, cause);
      this.file = file.toString();
    }

    String file() {
      return file;
    }
  }

  /// Removes what was written.
  void discard() {
    close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new NotWritable(path, e);
    }
  }

  int count() {
    return count;
  }

  void add(RowRefusal refusal, List<String> cells) {
    CsvWriter csv = writer;
    if (csv == null) {
      csv = open();
      writer = csv;
    }
    count++;
    if (first.size() < SHOWN) {
      first.add(refusal);
    }
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(refusal.row()));
    row.add(String.valueOf(refusal.line()));
    row.add(harmless(refusal.reason().ko()));
    row.add(harmless(refusal.reason().en()));
    cells.forEach(cell -> row.add(harmless(cell)));
    try {
      csv.writeRecord(row);
    } catch (UncheckedIOException e) {
      throw new NotWritable(path, e);
    }
  }

  private CsvWriter open() {
    List<String> row = new ArrayList<>(List.of("행", "줄", "거부 사유", "reason"));
    heading.forEach(name -> row.add(harmless(name)));
    try {
      Writer text = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
      text.write('\uFEFF');
      return CsvWriter.builder().build(text).writeRecord(row);
    } catch (IOException | UncheckedIOException e) {
      throw new NotWritable(path, e);
    }
  }

  /// A spreadsheet runs what begins with one of these; an apostrophe makes it text.
  static String harmless(String cell) {
    return !cell.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }

  Refusals refusals() {
    return new Refusals(count, List.copyOf(first), count == 0 ? null : path);
  }

  /// Finishes the file; closing again does nothing.
  @Override
  public void close() {
    CsvWriter csv = writer;
    writer = null;
    if (csv != null) {
      try {
        csv.close();
      } catch (IOException e) {
        throw new NotWritable(path, e);
      }
    }
  }
}
