package dev.naru.rehearsal.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reports on disk: `run.json` is the record of a rehearsal, `index.html` the page made from it.
public final class RunFiles {
  public static final String RECORD = "run.json";
  public static final String PAGE = "index.html";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private RunFiles() {}

  /// Writes record and page into a folder, which is made when it is not there.
  ///
  /// @return the page
  /// @throws IOException when a file cannot be written
  public static Path write(Path folder, RunRecord record) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(RECORD), json(record));
    Path page = folder.resolve(PAGE);
    Files.writeString(page, RunReport.html(record));
    return page;
  }

  /// Reads a record.
  ///
  /// @param path the folder of a report, or its `run.json`
  /// @throws IOException when there is none, or it is of another format; the message is for people
  public static RunRecord read(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(RECORD) : path;
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there: a report is a folder with " + RECORD);
    }
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(file));
      int format = tree.path("format").asInt(0);
      if (format != RunRecord.FORMAT) {
        throw new IOException(
            file + " is no record of format " + RunRecord.FORMAT + " (it says " + format + ")");
      }
      return JSON.treeToValue(tree, RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is not the record of a rehearsal: " + e.getOriginalMessage(), e);
    }
  }

  static byte[] json(RunRecord record) {
    try {
      return JSON.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always JSON", e);
    }
  }
}
