package dev.naru.app.command;

import dev.naru.app.KeyFile;
import dev.naru.app.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database a command works on.
final class StoreOptions {
  private static final String PASSWORD = "NARU_DATABASE_PASSWORD";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "naru-data",
      description =
          "Folder of the keys and, unless --database is given, of the database"
              + " (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("naru-data");

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "External PostgreSQL: postgresql://host:5432/naru. The password is read from the"
              + " environment variable NARU_DATABASE_PASSWORD.")
  private @Nullable String database;

  @Option(
      names = "--database-user",
      paramLabel = "NAME",
      defaultValue = "naru",
      description = "User of the external PostgreSQL (default: ${DEFAULT-VALUE}).")
  private String user = "naru";

  /// @param alone whether to refuse to share a data folder with a running Naru
  Store open(boolean alone) {
    String url = database;
    if (url == null) {
      return Store.in(data, alone);
    }
    String password = System.getenv(PASSWORD);
    return Store.at(url, user, password == null ? "" : password);
  }

  /// The keys of the installation.
  KeyFile keys() {
    return new KeyFile(secrets());
  }

  /// Where they are.
  Path secrets() {
    return data.resolve("secrets.json");
  }
}
