package dev.naru.rehearsal.forecast;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A forecast on disk: `forecast.json` and the page made from it.
public final class ForecastFiles {
  public static final String RECORD = "forecast.json";
  public static final String PAGE = "index.html";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ForecastFiles() {}

  /// Writes both into a folder, which is made when it is not there.
  ///
  /// @return the page
  /// @throws IOException when a file cannot be written
  public static Path write(Path folder, Forecast forecast) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(RECORD), JSON.writeValueAsBytes(forecast));
    Path page = folder.resolve(PAGE);
    Files.writeString(page, ForecastPage.html(forecast));
    return page;
  }
}
