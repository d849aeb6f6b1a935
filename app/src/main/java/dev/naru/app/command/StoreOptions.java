package dev.naru.app.command;

import dev.naru.app.KeyFile;
import dev.naru.app.Store;
import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAddress;
import dev.naru.identity.session.ValkeySessionRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database a command works on.
final class StoreOptions {
  private static final String PASSWORD = "NARU_DATABASE_PASSWORD";
  private static final String VALKEY_PASSWORD = "NARU_VALKEY_PASSWORD";

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

  @Option(
      names = "--valkey",
      paramLabel = "URL",
      description =
          "Valkey or Redis that several nodes share: redis://host:6379. Sessions are kept there. The"
              + " password is read from the environment variable NARU_VALKEY_PASSWORD.")
  private @Nullable String valkey;

  /// Where the lines keep what moves.
  enum LineStore {
    POSTGRESQL,
    VALKEY
  }

  @Option(
      names = "--line-store",
      paramLabel = "postgresql|valkey",
      defaultValue = "postgresql",
      description =
          "Where the lines keep numbers, calling and passes (default: ${DEFAULT-VALUE}). The same"
              + " for all nodes and commands (docs/line.md).")
  private LineStore lineStore = LineStore.POSTGRESQL;

  /// @param alone whether to refuse to share a data folder with a running Naru
  Store open(boolean alone) {
    String url = valkey;
    if (url == null) {
      if (lineStore == LineStore.VALKEY) {
        throw new IllegalStateException("--line-store valkey needs --valkey redis://host:6379");
      }
      return openDatabase(alone);
    }
    Valkey connected =
        Valkey.connect(
            ValkeyAddress.of(url, System.getenv(VALKEY_PASSWORD)), ValkeySessionRegistry.scripts());
    try {
      return openDatabase(alone).beside(connected, lineStore == LineStore.VALKEY);
    } catch (RuntimeException e) {
      connected.close();
      throw e;
    }
  }

  private Store openDatabase(boolean alone) {
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
